using System.Text.Json.Nodes;
using Infra.Components;
using Infra.Components.Monitoring;
using Infra.Model;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>
/// A Prometheus with a few MiB of disk, which sends its alerts to the stack's Alertmanager.
/// It watches itself, by the rules that come along.
/// </summary>
internal sealed class SmallPrometheus : IAsyncDisposable
{
    private const string Data = "/small";

    private readonly string container;

    private SmallPrometheus(string container) => this.container = container;

    public static async Task<SmallPrometheus> StartAsync(Project project)
    {
        var folder = Directory.CreateDirectory(project.PathOf("small-prometheus")).FullName;
        var watched = Prometheus.Describe(
            "prometheus",
            new()
            {
                Scrapes = [],
                Alertmanager = Alertmanager.Describe("alertmanager", new()),
                Interval = TimeSpan.FromSeconds(1),
            }
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder, "prometheus.yml"),
            watched.Files.Single(file => file.Name == "prometheus.yml").Content.ToString()
        );
        Directory.CreateDirectory(Path.Combine(folder, "rules"));
        await File.WriteAllTextAsync(Path.Combine(folder, "rules", "prometheus.yaml"), Hurried(MonitoringFiles.Rules["prometheus.yaml"]));
        var image = (await Engine.InspectAsync(project.Container("prometheus")))["Config"]!["Image"]!.GetValue<string>();
        var small = new SmallPrometheus($"{project.Label}-small-prometheus");
        await Engine.AskAsync(
            "run",
            "--detach",
            "--name",
            small.container,
            "--label",
            $"infra.stack={project.Label}",
            "--network",
            project.Container("monitoring"),
            "--tmpfs",
            $"{Data}:size=16m,mode=1777",
            "--volume",
            $"{folder}:{ServiceFile.ConfigsDirectory}:ro",
            image,
            $"--config.file={ServiceFile.ConfigsDirectory}/prometheus.yml",
            $"--storage.tsdb.path={Data}"
        );
        return small;
    }

    public Task FillAsync() => Engine.TryAsync("exec", container, "dd", "if=/dev/zero", $"of={Data}/fill", "bs=64k");

    public Task EmptyAsync() => Engine.AskAsync("exec", container, "rm", $"{Data}/fill");

    /// <summary>The alerts that fire, as it says itself.</summary>
    public async Task<string[]> FiringAsync()
    {
        // Until it listens, there is no answer.
        CommandResult result = await Engine.TryAsync("exec", container, "wget", "-q", "-O", "-", $"http://127.0.0.1:{Prometheus.Port}/api/v1/alerts");
        return result.ExitCode != 0
            ? []
            :
            [
                .. JsonNode.Parse(result.Output)!["data"]!["alerts"]!
                    .AsArray()
                    .Where(alert => alert!["state"]!.GetValue<string>() == "firing")
                    .Select(alert => alert!["labels"]!["alertname"]!.GetValue<string>())
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
    }

    public async Task<string> LogsAsync() => (await Engine.TryAsync("logs", "--tail", "30", container)).ToString();

    public async ValueTask DisposeAsync() => await Engine.TryAsync("rm", "--force", "--volumes", container);

    // Two minutes of patience are five seconds here.
    private static string Hurried(string rules)
    {
        rules.Should().Contain("up[2m]").And.Contain("< 120").And.Contain("for: 30s");
        return rules
            .Replace("up[2m]", "up[5s]", StringComparison.Ordinal)
            .Replace("< 120", "< 5", StringComparison.Ordinal)
            .Replace("for: 30s", "for: 1s", StringComparison.Ordinal);
    }
}
