using System.Globalization;
using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>Three of web behind the proxy, while readers and writers go on.</summary>
public sealed class ReplicaTests(ProdStack stack, ITestOutputHelper output) : ProdTest(stack)
{
    private const int Many = 200;

    public override Task DisposeAsync()
    {
        Project.Set("services", "web.replicas", null);
        return base.DisposeAsync();
    }

    [EndToEndFact]
    public async Task More_of_web_and_fewer_again_fail_no_request_and_recreate_nothing()
    {
        var before = await Project.ServicesAsync();
        var load = Load.On(Shop);

        await ScaleAsync(3);

        var three = await Project.ContainersAsync("web");
        three.Should().HaveCount(3).And.OnlyContain(web => web.State == "healthy").And.Contain(before["web"]);
        await Eventually.SeesAsync(
            "three targets in Prometheus",
            TimeSpan.FromSeconds(90),
            () => Stack.Watch.QueryAsync("up{job=\"web\"} == 1"),
            up => up.Count == 3
        );
        var status = (await Project.InfraAsync("status", "prod")).Output;
        status.Should().MatchRegex("(?m)^web.1 +healthy").And.MatchRegex("(?m)^web.3 +healthy");
        var hosts = new List<string>();
        foreach (var name in new[] { "web.1", "web.2", "web.3" })
            hosts.Add((await Project.InfraAsync("exec", "prod", name, "--", "hostname")).Output.Trim());
        hosts.Should().BeEquivalentTo(three.Select(web => web.Id[..12]));

        await ScaleAsync(null);

        (await load.EndAsync()).Should().BeEmpty();
        load.Answered.Should().BeGreaterThan(Many);
        (await Project.ServicesAsync()).Should().BeEquivalentTo(before, "neither the proxy, nor Prometheus, nor the first of web was touched");
        (await Project.ContainersAsync("web")).Should().Equal(before["web"]);
    }

    // As long as one that is never healthy is waited for.
    [EndToEndFact, Trait("Category", "Long")]
    public async Task A_version_that_is_never_ready_gets_no_request_and_leaves_all_of_the_old_ones()
    {
        await ScaleAsync(3);
        var old = await Project.ContainersAsync("web");
        var load = Load.On(Shop);
        Project.Set("services", "web.health", "/nowhere");
        try
        {
            CommandResult bad = await Project.InfraAsync("up", "prod");

            bad.ExitCode.Should().Be(1, bad.ToString());
            bad.Error.Should().Contain("The new web did not become healthy and was removed. The other 3 containers keep serving.");
            (await Project.ContainersAsync("web")).Should().BeEquivalentTo(old);
        }
        finally
        {
            Project.Set("services", "web.health", null);
        }

        (await load.EndAsync()).Should().BeEmpty();
        load.Answered.Should().BeGreaterThan(Many);
    }

    [EndToEndFact]
    public async Task A_deploy_replaces_one_after_the_other()
    {
        await ScaleAsync(3);
        var old = await Project.ContainersAsync("web");
        var load = Load.On(Shop);

        Project.Set("services", "web.memory", "490MiB");
        await Project.UpAsync();

        (await load.EndAsync()).Should().BeEmpty();
        load.Answered.Should().BeGreaterThan(Many);
        var fresh = await Project.ContainersAsync("web");
        fresh.Should().HaveCount(3).And.OnlyContain(web => web.State == "healthy").And.NotContain(web => old.Any(other => other.Id == web.Id));
        fresh.Select(web => web.Started).Should().OnlyHaveUniqueItems();
    }

    [EndToEndFact]
    public async Task A_restart_of_one_after_the_other_fails_no_request()
    {
        await ScaleAsync(3);
        var before = await Project.ContainersAsync("web");
        var load = Load.On(Shop);

        CommandResult restart = await Project.InfraAsync("restart", "prod", "web");

        (await load.EndAsync()).Should().BeEmpty();
        restart.ExitCode.Should().Be(0, restart.ToString());
        load.Answered.Should().BeGreaterThan(Many);
        (await Project.ContainersAsync("web")).Should().OnlyContain(web => before.Any(old => old.Id == web.Id && old.Started != web.Started));
    }

    [EndToEndFact]
    public async Task An_up_with_nothing_else_to_do_frees_a_proxy_that_a_killed_command_has_kept_to_one_of_them()
    {
        await ScaleAsync(3);
        var proxy = (await Project.ServicesAsync())["proxy"].Id;
        await Engine.AskAsync("exec", proxy, "mkdir", "-p", "/tmp/only/web/kept");

        await Project.UpAsync();

        (await Engine.TryAsync("exec", proxy, "ls", "/tmp/only/web")).ExitCode.Should().NotBe(0);
    }

    [EndToEndFact]
    public async Task One_after_the_other_that_is_killed_fails_no_reader_and_no_writer_but_those_that_it_had_and_loses_nothing()
    {
        await ScaleAsync(3);
        await using var flow = await OrderFlow.BeginAsync(Project, Shop);
        foreach (var web in await Project.ContainersAsync("web"))
        {
            var load = Load.On(Shop);
            await GoesOnAsync(load);
            var killed = await web.SignalAsync("KILL");
            await Eventually.SeesAsync(
                "it started again and healthy",
                TimeSpan.FromSeconds(90),
                async () => (await Project.ContainersAsync("web")).Single(other => other.Id == web.Id),
                now => now.Restarts > web.Restarts && now.State == "healthy",
                () => Project.LogsAsync("web")
            );
            await GoesOnAsync(load);

            var failures = await load.EndAsync();
            var inFlight = load.InFlight("POST", killed.From, killed.Until);
            output.WriteLine($"{failures.Length} POSTs failed of {inFlight} in flight, and of {load.Answered} requests that were answered.");
            failures.Where(failure => failure.Method != "POST" || failure.Begun > killed.Until || failure.Ended < killed.From).Should().BeEmpty();
            failures.Length.Should().BeLessThanOrEqualTo(inFlight);
        }

        await flow.NothingIsLostAsync();
    }

    // Three probes that are not answered, a stop that is not answered either, and web's start.
    [EndToEndFact, Trait("Category", "Long")]
    public async Task One_that_hangs_gets_no_request_once_its_probe_says_so_until_it_is_healthy_again()
    {
        await ScaleAsync(3);
        var hung = (await Project.ContainersAsync("web"))[0];
        using var heal = Project.Start("heal", "prod");
        await Engine.AskAsync("kill", "--signal", "STOP", hung.Id);
        await HealSaysAsync("\"action\":\"eject\"");

        // A request that is led there has no answer for a minute.
        var load = Load.On(Shop);
        await Eventually.SeesAsync("answers of two", TimeSpan.FromSeconds(20), () => Task.FromResult(load.Answered), now => now > Many);
        (await load.EndAsync()).Should().BeEmpty();
        heal.Output.Should().NotContain("\"event\":\"healthy\"", "all of that was while it hung, or was restarted");

        var again = Load.On(Shop);
        await HealSaysAsync("\"action\":\"admit\"");
        await Eventually.SeesAsync("requests at the one that hung", TimeSpan.FromSeconds(20),
            async () => (await Engine.LinesAsync("logs", "--tail", "20", hung.Id)).Count(line => line.Contains("/orders", StringComparison.Ordinal)),
            requests => requests > 5);
        (await again.EndAsync()).Should().BeEmpty();
        await Program.RunAsync("kill", ["-TERM", heal.Id.ToString(CultureInfo.InvariantCulture)]);
        (await heal.EndAsync()).ExitCode.Should().Be(0);

        Task<string> HealSaysAsync(string what) => Eventually.SeesAsync(
            what, TimeSpan.FromSeconds(120), () => Task.FromResult(heal.Output), said => said.Contains(what, StringComparison.Ordinal));
    }

    private static Task<int> GoesOnAsync(Load load)
    {
        var before = load.Answered;
        return Eventually.SeesAsync(
            "answers of all", TimeSpan.FromSeconds(60), () => Task.FromResult(load.Answered), now => now > before + Many);
    }

    private async Task ScaleAsync(int? replicas)
    {
        Project.Set("services", "web.replicas", replicas is { } number ? FormattableString.Invariant($"{number}") : null);
        await Project.UpAsync();
    }
}
