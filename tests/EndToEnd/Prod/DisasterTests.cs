using System.Globalization;
using System.Text.Json.Nodes;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>What may happen to a server: everything is healthy again without help, and no acknowledged order is lost.</summary>
public sealed class DisasterTests(ProdStack stack) : ProdTest(stack)
{
    [EndToEndFact]
    public async Task Each_service_that_is_killed_comes_back_by_itself()
    {
        await using var flow = await OrderFlow.BeginAsync(Project, Shop);
        foreach (
            var service in (await Project.ServicesAsync())
                .Values.Where(service => service.Pid > 0)
                .OrderBy(service => service.Name, StringComparer.Ordinal)
        )
        {
            // Its process dies as by the kernel's hand.
            await service.SignalAsync("KILL");
            await Eventually.SeesAsync(
                $"{service.Name} started again",
                TimeSpan.FromSeconds(60),
                async () => (await Project.ServicesAsync())[service.Name],
                now => now.Restarts > service.Restarts,
                () => Project.LogsAsync(service.Name)
            );
            await Project.IsAsync(service.Name, "healthy", 120);
        }

        await flow.GoesOnAsync();
        await flow.NothingIsLostAsync();
    }

    [EndToEndFact]
    public async Task The_engines_restart_brings_everything_back()
    {
        await using var flow = await OrderFlow.BeginAsync(Project, Shop);
        var before = (await Project.ServicesAsync()).Values.Where(service => service.Pid > 0).ToArray();

        await EngineProcess.RestartAsync();

        foreach (var service in before) await Project.IsAsync(service.Name, "healthy", 180);
        var after = await Project.ServicesAsync();
        before.Should().OnlyContain(service => after[service.Name].Id == service.Id && after[service.Name].Started != service.Started);
        await flow.GoesOnAsync();
        await flow.NothingIsLostAsync();
    }

    [EndToEndFact]
    public async Task Nothing_is_lost_while_the_database_cannot_be_reached_from_web()
    {
        var (network, web) = (Project.Container("data"), (await Project.ServicesAsync())["web"].Id);
        var aliases = (await Engine.InspectAsync(web))["NetworkSettings"]!["Networks"]![network]!["Aliases"]!
            .AsArray()
            .Select(alias => alias!.GetValue<string>())
            .ToArray();
        await using var flow = await OrderFlow.BeginAsync(Project, Shop);

        await Engine.AskAsync("network", "disconnect", network, web);
        await Project.IsAsync("web", "unhealthy", 120);
        await Engine.AskAsync(["network", "connect", .. aliases.SelectMany(alias => new[] { "--alias", alias }), network, web]);

        await Project.IsAsync("web", "healthy", 120);
        await flow.GoesOnAsync();
        await flow.NothingIsLostAsync();
        (await Project.ServicesAsync())
            .Values.Where(service => service.Name != "migrations")
            .Should()
            .OnlyContain(service => service.State == "healthy");
    }

    [EndToEndFact]
    public async Task Heal_watches_restarts_what_stays_unhealthy_and_says_so_in_JSON()
    {
        using var heal = Project.Start("heal", "prod");
        await Engine.AskAsync("kill", "--signal", "STOP", (await Project.ServicesAsync())["web"].Id);

        await Eventually.SeesAsync(
            "web restarted and well",
            TimeSpan.FromSeconds(180),
            () => Task.FromResult(heal.Output),
            said => said.Contains("\"event\":\"healthy\"", StringComparison.Ordinal)
        );
        // As systemd stops it.
        await Program.RunAsync("kill", ["-TERM", heal.Id.ToString(CultureInfo.InvariantCulture)]);
        CommandResult result = await heal.EndAsync();

        result.ExitCode.Should().Be(0, result.ToString());
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        lines
            .Select(line => $"{line["service"]} {line["event"]} {line["action"]} {line["attempt"]}")
            .Should()
            .Equal("web unhealthy wait 1", "web unhealthy restart 1", "web healthy none 1");
        (await Project.ServicesAsync())["web"].State.Should().Be("healthy");
        await OrderAndWaitAsync("a plaster");
    }
}
