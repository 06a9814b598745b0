using System.Collections.Immutable;
using Infra.Engine;

namespace Infra.Up;

/// <summary>Prints the lines of several containers, each with its service's name before it, as they come.</summary>
public sealed class LogFollower(IShell shell, TextWriter output)
{
    private readonly Lock turn = new();

    public async Task<int> RunAsync(ImmutableArray<ContainerState> containers, bool follow, string tail, CancellationToken cancel)
    {
        var width = containers.Max(container => container.Service.Length);
        await Task.WhenAll(containers.Select(container => FollowAsync(container, width, follow, tail, cancel)));
        return 0;
    }

    private async Task FollowAsync(ContainerState container, int width, bool follow, string tail, CancellationToken cancel)
    {
        // The client splits a container's two streams; the shell brings them together again.
        string[] words = ["-c", "exec docker logs \"$@\" 2>&1", "docker", .. follow ? new[] { "--follow" } : [], "--tail", tail, container.Id];
        await foreach (var line in shell.LinesAsync("sh", words, cancel))
            lock (turn) output.WriteLine($"{container.Service.PadRight(width)} | {line}");
    }
}
