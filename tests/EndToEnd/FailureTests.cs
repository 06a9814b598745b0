using System.Diagnostics;
using System.Globalization;

namespace Infra.Tests.EndToEnd;

/// <summary>An <c>up</c> that does not come to its end, and the one after it.</summary>
public sealed class FailureTests(DevStack stack) : EndToEndTest(stack)
{
    private static readonly TimeSpan Reasonable = TimeSpan.FromSeconds(75);

    [EndToEndFact]
    public async Task A_service_that_crashes_fails_up_with_its_last_lines_and_the_next_up_goes_on_from_there()
    {
        await using var project = Project.Make();
        project.Set("services", "web.command", "uvicorn shop.main:app --host 0.0.0.0 --port 8000 --no-such-option");
        var clock = Stopwatch.StartNew();

        CommandResult failed = await project.InfraAsync("up", "dev");

        clock.Elapsed.Should().BeLessThan(Reasonable);
        failed.ExitCode.Should().Be(1, failed.ToString());
        failed.Error.Should().Contain("web:").And.Contain("No such option").And.Contain("./infra.sh status dev");
        CommandResult status = await project.InfraAsync("status", "dev");
        status.ExitCode.Should().Be(1, status.ToString());
        status.Output.Should().MatchRegex(@"(?m)^\s*postgres\s+healthy").And.NotMatchRegex(@"(?m)^\s*web\s+healthy");
        var existing = (await project.ServicesAsync())["postgres"];

        project.Set("services", "web.command", "uvicorn shop.main:app --host 0.0.0.0 --port 8000");
        await project.UpAsync();

        (await project.ServicesAsync()).Should().HaveCount(DevStack.Services.Count).And.OnlyContain(service => service.Value.State == "healthy");
        (await project.ServicesAsync())["postgres"].Should().Be(existing, "it was well all the time");
    }

    [EndToEndFact]
    public async Task D10_a_service_that_runs_and_never_becomes_healthy_fails_up_and_status_says_why()
    {
        await using var project = Project.Make();
        project.Set("services", "web.health", "/no-such-page");
        var clock = Stopwatch.StartNew();

        CommandResult failed = await project.InfraAsync("up", "dev");

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(120));
        failed.ExitCode.Should().Be(1, failed.ToString());
        failed.Error.Should().Contain("web: It is running, but unhealthy.").And.Contain("its last lines:").And.Contain("404");
        (await project.ServicesAsync()).Should().OnlyContain(service => service.Value.State == (service.Key == "web" ? "unhealthy" : "healthy"));
        CommandResult why = await project.InfraAsync("status", "dev", "--why");
        why.ExitCode.Should().Be(1, why.ToString());
        why.Output.Should()
            .MatchRegex(@"web: It is running, but unhealthy\.\n  its probe said:\n    GET /no-such-page answered 404")
            .And.NotContain("worker: ");
    }

    [EndToEndFact]
    public async Task An_interrupted_up_stops_at_once_and_the_next_one_converges()
    {
        await using var project = Project.Make();
        using var up = project.Start("up", "dev");
        await Eventually.SeesAsync("the first container starting", TimeSpan.FromSeconds(60), async () => (await project.ServicesAsync()).Count,
            count => count > 0, () => Task.FromResult(up.Output), TimeSpan.FromMilliseconds(20));
        var clock = Stopwatch.StartNew();

        await Program.RunAsync("kill", ["-INT", "--", $"-{up.Id.ToString(CultureInfo.InvariantCulture)}"]);
        CommandResult interrupted = await up.EndAsync();

        interrupted.ExitCode.Should().NotBe(0, interrupted.ToString());
        interrupted.Error.Should().Contain("Interrupted.").And.NotContain("Unexpected").And.NotContain("   at ");
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
        await project.UpAsync();
        (await project.ServicesAsync()).Should().HaveCount(DevStack.Services.Count).And.OnlyContain(service => service.Value.State == "healthy");
    }
}
