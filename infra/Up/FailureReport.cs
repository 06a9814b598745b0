using Infra.Engine;

namespace Infra.Up;

/// <summary>Says why a container is not well: its state, its probe's last words, its last lines.</summary>
public static class FailureReport
{
    private const int LogLines = 15;

    public static async Task<IReadOnlyList<string>> OfAsync(Docker docker, ContainerState container, CancellationToken cancel)
    {
        var log = await docker.RunAsync(["logs", "--tail", $"{LogLines}", container.Id], cancel);
        var lines = new List<string> { $"{container.Service}: {Describe(container)}" };
        if (container.ProbeOutput is { Length: > 0 } probe)
        {
            lines.Add("  its probe said:");
            lines.AddRange(probe.Split('\n').TakeLast(5).Select(line => "    " + line.TrimEnd()));
        }

        lines.Add("  its last lines:");
        lines.AddRange((log.Output + log.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(LogLines).Select(line => "    " + line.TrimEnd()));
        return lines;
    }

    private static string Describe(ContainerState container) => container.Status switch
    {
        "running" => $"It runs, but is {container.Health}.",
        "restarting" => $"It ends with exit code {container.ExitCode} and is started again ({container.Restarts} times so far).",
        _ => $"It is {container.Status}, exit code {container.ExitCode}.",
    };
}
