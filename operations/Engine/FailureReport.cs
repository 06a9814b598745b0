using Infra.Model;

namespace Infra.Operations.Engine;

/// <summary>Says why a container is not healthy: its state, its probe's last output with a hint, its log's last lines.</summary>
public static class FailureReport
{
    private const int ProbeLines = 5;
    private const int LogLines = 15;

    // As many as are needed for that many different ones to be left.
    private const int ReadLines = 200;

    public static async Task<IReadOnlyList<string>> OfAsync(
        Docker docker,
        Topology topology,
        ContainerState container,
        CancellationToken cancellationToken
    )
    {
        var log = await docker.LogAsync(container.Id, ReadLines, cancellationToken);
        var lines = new List<string> { $"{container.Title}: {Describe(container)}" };
        if (container.ProbeOutput is { Length: > 0 } probe)
        {
            lines.Add("  its probe said:");
            lines.AddRange(Shown(probe, ProbeLines));
            // The settings that it names are the application's.
            if (topology.Find(container.Service)?.Role == ServiceRole.Web && ProbeHint.Find(container.Service, probe) is { } hint)
                lines.Add($"  what helps: {hint}");
        }

        lines.Add("  its last lines:");
        lines.AddRange(Shown(log, LogLines));
        return lines;
    }

    private static IEnumerable<string> Shown(string text, int most) =>
        FoldedLines
            .Fold([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())])
            .TakeLast(most)
            .Select(line => "    " + line);

    private static string Describe(ContainerState container) => container.Status switch
    {
        "running" => $"It is running, but {container.Health}.",
        "restarting" => $"It exits with code {container.ExitCode} and is restarted ({Counted.Of(container.Restarts, "time")} so far).",
        _ => $"It is {container.Status}, exit code {container.ExitCode}.",
    };
}
