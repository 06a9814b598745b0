using System.Collections.Immutable;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Up;

/// <summary>Prints the lines of several containers as they come, each with its name before it: <c>web</c>, or <c>web.2</c> of several.</summary>
public sealed class LogFollower(IShell shell, TextWriter output)
{
    private const string BrokenLine = "Error grabbing logs: ";
    private static readonly ImmutableArray<int> BySignal = [130, 143];
    private readonly Lock turn = new();

    /// <summary>Runs until they end or it is cancelled.</summary>
    /// <exception cref="UserErrorException">Docker did not give the log of some; all of them are named.</exception>
    public async Task RunAsync(ImmutableArray<ContainerState> containers, bool follow, string tail, CancellationToken cancellationToken)
    {
        var width = containers.Max(container => container.Title.Length);
        try
        {
            var codes = await Task.WhenAll(containers.Select(container => FollowAsync(container, width, follow, tail, cancellationToken)));
            // A signal to the whole group (timeout, systemd) may end docker before this program gets it: that is a request to end, too.
            var failed = containers
                .Zip(codes)
                .Where(end => end.Second != 0 && !(follow && BySignal.Contains(end.Second)))
                .Select(end =>
                    FormattableString.Invariant($"{end.First.Title}: Docker did not give its log to the end (exit code {end.Second}); ")
                    + "its last line above says why. See './infra.sh doctor'."
                )
                .ToArray();
            if (failed.Length > 0)
                throw UserErrorException.Failed(failed);
        }
        catch (OperationCanceledException)
        {
            // A request to end: that is how following ends.
        }
    }

    private async Task<int> FollowAsync(ContainerState container, int width, bool follow, string tail, CancellationToken cancellationToken)
    {
        var last = "";
        var code = await ReadAsync(container, follow, tail, line => Print(container, width, last = line), cancellationToken);
        if (!last.Contains(BrokenLine, StringComparison.Ordinal))
            return code;
        Print(
            container,
            width,
            "(A line of this log is broken on the engine, as a full disk leaves it: what was logged between it and now cannot be read. "
                + "'--follow' shows what comes.)"
        );
        return follow ? await ReadAsync(container, follow, "0", line => Print(container, width, line), cancellationToken) : code;
    }

    private Task<int> ReadAsync(ContainerState container, bool follow, string tail, Action<string> line, CancellationToken cancellationToken) =>
        shell.RunWithOutputAsync(
            "sh",
            ["-c", Docker.MergedLogs, Docker.Program, .. follow ? new[] { "--follow" } : [], "--tail", tail, container.Id],
            line,
            cancellationToken
        );

    private void Print(ContainerState container, int width, string line)
    {
        lock (turn) output.WriteLine($"{container.Title.PadRight(width)} | {line}");
    }
}
