using System.Security.Cryptography;
using System.Text;
using Infra.Components;
using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>Django with a schedule in its database, and an entrypoint that reads the secrets' files.</summary>
[Collection(ScheduleCollection.Name)]
public sealed class ScheduleTests(ScheduleStack stack, ITestOutputHelper output)
    : SetupTest<ScheduleStack>(stack, output, "postgres", "redis", "web", "worker", "beat")
{
    [EndToEndFact]
    public async Task A_row_of_the_schedule_is_done_each_second_until_it_is_switched_off()
    {
        await Stack.PlanAsync("ada");
        await Stack.SeesSentAsync("ada", 3);

        await Stack.PlanAsync("ada", enabled: false);

        // Beat looks for changes each five seconds; another row shows that it has seen this one.
        await Stack.PlanAsync("grace");
        await Stack.SeesSentAsync("grace", 1);
        var sent = await Stack.SentAsync("ada");
        await Stack.SeesSentAsync("grace", 4);
        (await Stack.SentAsync("ada")).Should().BeLessThanOrEqualTo(sent + 1, "one may have been on its way");
    }

    [EndToEndFact]
    public async Task The_schedule_outlives_beat_which_has_no_volume()
    {
        await Stack.PlanAsync("linus");
        await Stack.SeesSentAsync("linus", 1);

        await InfraAsync("restart", "beat");

        await Stack.SeesSentAsync("linus", await Stack.SentAsync("linus") + 2);
        (await Engine.LinesAsync("volume", "ls", "--quiet", "--filter", $"label=infra.stack={Project.Label}")).Should()
            .NotContain(volume => volume.Contains("beat", StringComparison.Ordinal));
    }

    [EndToEndFact]
    public async Task The_entrypoint_has_read_the_secrets_and_no_container_shows_them()
    {
        var key = Project.Secret("django-secret-key");

        (await Stack.GetAsync("/secret")).Should().Contain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
        foreach (var name in new[] { "web", "worker", "beat" })
            (await Engine.AskAsync("inspect", Project.Container(name))).Should()
                .NotContain(key).And.NotContain(Project.Secret("postgres-password")).And.NotContain(Project.Secret("redis-password"));
    }

    [EndToEndFact]
    public async Task Beat_that_no_longer_ticks_fails_its_probe()
    {
        var beat = Project.Container("beat");
        (await ProbeAsync(beat)).Should().Be(0);

        await Engine.AskAsync("exec", beat, "sh", "-c", $"kill -STOP $(cat /proc/1/task/1/children) 1; touch -d '1 minute ago' {Beat.HeartbeatFile}");

        (await ProbeAsync(beat)).Should().Be(1);
        await InfraAsync("restart", "beat");
        (await ProbeAsync(beat)).Should().Be(0);
    }

    private static async Task<int> ProbeAsync(string container)
    {
        var test = (await Engine.InspectAsync(container))["Config"]!["Healthcheck"]!["Test"]!.AsArray().Select(word => word!.GetValue<string>());
        return (await Engine.TryAsync(["exec", container, .. test.Skip(1)])).ExitCode;
    }
}
