using System.Globalization;
using System.Text.Json.Nodes;

namespace Infra.Tests.EndToEnd;

/// <summary>The healer on a stack whose database is away.</summary>
public sealed class HealTests(DevStack stack) : EndToEndTest(stack)
{
    [EndToEndFact]
    public async Task What_is_stopped_by_hand_stays_stopped_and_what_is_helped_once_starts_after_the_store_it_waits_for()
    {
        using (var heal = Project.Start("heal", "dev"))
        {
            await Engine.AskAsync("stop", Project.Container("beat"));
            await Eventually.SeesAsync("beat seen to be stopped", TimeSpan.FromSeconds(30), () => Task.FromResult(heal.Output),
                said => said.Contains("\"service\":\"beat\",\"event\":\"stopped\",\"action\":\"none\"", StringComparison.Ordinal));
            await Program.RunAsync("kill", ["-TERM", heal.Id.ToString(CultureInfo.InvariantCulture)]);
            (await heal.EndAsync()).ExitCode.Should().Be(0);
        }

        (await Project.ServicesAsync())["beat"].State.Should().Be("exited");
        await Engine.AskAsync("stop", Project.Container("web"), Project.Container("postgres"));

        CommandResult once = await Project.InfraAsync("heal", "dev", "--once");

        once.ExitCode.Should().Be(0, once.ToString());
        var lines = once.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        lines.Should()
            .Contain(line => $"{line["service"]} {line["action"]} {line["detail"]}" == "web wait 'postgres' is not healthy, and is restarted first.");
        var starts = lines.Where(line => $"{line["action"]}" == "start").Select(line => $"{line["service"]}").ToArray();
        starts[0].Should().Be("postgres");
        starts[1..].Should().BeEquivalentTo("web", "beat");
        (await Project.ServicesAsync()).Should().OnlyContain(service => service.Value.State == "healthy");
    }
}
