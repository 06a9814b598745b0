using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.ComposeEngine;

/// <summary>
/// Brings every service that shares an image to the new one while Compose watches. Compose's own watch builds for one service and
/// starts that alone: the others run on the old image (Compose 2.26), or are stopped, recreated and left there (2.40).
/// </summary>
public sealed class ImageFollowers(Workspace workspace, IShell shell, Docker docker, StackContext stack, TextWriter log)
{
    private readonly ImmutableArray<ImmutableArray<string>> sharing =
    [
        .. stack.Topology.LongRunning().Where(service => service.Image is BuiltImage).GroupBy(service => ((BuiltImage)service.Image).Name)
            .Select(group => group.Select(service => service.Name).ToImmutableArray()).Where(names => names.Length > 1),
    ];

    /// <summary>Goes on until it is cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (
            var line in shell.ReadLinesAsync(Docker.Program, Docker.Events($"{Labels.Stack}={stack.Naming.Name}", "start"), cancellationToken)
        )
            if (
                EngineEvent.Parse(line) is { } started
                && sharing.FirstOrDefault(names => names.Contains(started.Service)) is { IsDefault: false } names
            )
                await TryAsync(started.Container, names, cancellationToken);
    }

    // What fails once is no reason to look at nothing any more.
    private async Task TryAsync(string started, ImmutableArray<string> names, CancellationToken cancellationToken)
    {
        try
        {
            await BringAsync(started, names, cancellationToken);
        }
        catch (UserErrorException error)
        {
            log.WriteLine($"{string.Join(", ", names)}: {error.Message}");
        }
    }

    private async Task BringAsync(string started, ImmutableArray<string> names, CancellationToken cancellationToken)
    {
        var existing = await docker.ContainersAsync(stack.Naming, cancellationToken);
        if (existing.FirstOrDefault(container => container.Id == started) is not { } first) return;
        // What was stopped by hand stays stopped.
        var behind = existing
            .Where(container =>
                names.Contains(container.Service) && (container.Status == "created" || (container.IsUp && container.ImageId != first.ImageId))
            )
            .Select(container => container.Service)
            .Distinct()
            .ToArray();
        if (behind.Length == 0)
            return;
        var result = await docker.RunAsync(
            [.. ComposeProject.Arguments(workspace, stack.Name, stack.Naming), "up", "--detach", "--no-build", "--no-deps", .. behind],
            cancellationToken
        );
        log.WriteLine(
            result.Succeeded
                ? $"{string.Join(", ", behind)}: on the new image of {first.Service}."
                : $"{string.Join(", ", behind)}: not on the new image of {first.Service}: "
                    + $"{result.Reason} './infra.sh up {stack.Name}' tries it again."
        );
    }
}
