using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.ComposeEngine;

/// <summary>Lets services write to their volumes before the first of them starts on one, and notes for which volumes that is done.</summary>
public sealed class VolumeOpening(Workspace workspace, Docker docker, StackContext stack)
{
    // What 'docker compose run' (2.26) answers when Ctrl-C, which the terminal gives to it as well, ends it while its container starts:
    // our own handler may hear of it a moment later.
    private const int CutOff = 255;
    private static readonly TimeSpan SignalPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Forgets the volumes that are gone, before others are made by their names: an <c>up</c> may be killed at any moment after.</summary>
    public async Task ForgetRemovedAsync(CancellationToken cancellationToken)
    {
        var noted = Noted();
        if (noted.Length == 0) return;
        var left = noted.Intersect(await ExistingAsync(cancellationToken), StringComparer.Ordinal).ToArray();
        if (left.Length < noted.Length) File.WriteAllLines(NotesFile, left);
    }

    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    /// <exception cref="UserErrorException">It could not be done for some volume.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var needed = stack
            .Topology.Services.SelectMany(service => service.VolumesToOpen())
            .Select(mount => stack.Naming.Volume(mount.Volume))
            .ToHashSet(StringComparer.Ordinal);
        if (needed.Count == 0)
            return;
        var done = Noted().Intersect(await ExistingAsync(cancellationToken), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        if (needed.IsSubsetOf(done)) return;
        await RemoveLeftoversAsync(cancellationToken);
        foreach (var service in stack.Topology.Services)
        {
            var mounts = service.VolumesToOpen().Where(mount => !done.Contains(stack.Naming.Volume(mount.Volume))).ToImmutableArray();
            if (mounts.IsEmpty) continue;
            await OpenAsync(service, mounts, cancellationToken);
            done.UnionWith(mounts.Select(mount => stack.Naming.Volume(mount.Volume)));
        }

        // One that the engine was still making for an 'up' that was killed is there by now.
        await RemoveLeftoversAsync(cancellationToken);
        File.WriteAllLines(NotesFile, done.Order(StringComparer.Ordinal));
    }

    private string NotesFile => workspace.Absolute($"{Workspace.StateOf(stack.Name)}/opened-volumes");

    // Those that the stack has taken over have no label of it.
    private async Task<IEnumerable<string>> ExistingAsync(CancellationToken cancellationToken) => await docker.VolumesAsync(cancellationToken);

    private string[] Noted() => File.Exists(NotesFile) ? File.ReadAllLines(NotesFile) : [];

    // The engine removes by itself only what was started: one whose 'up' was killed before that would stay.
    private async Task RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        var left = Docker.Lines(
            await docker.RunAsync(
                ["ps", "--quiet", "--all", "--filter", $"label={Labels.Stack}={stack.Naming.Name}", "--filter", $"label={Labels.Opener}"],
                cancellationToken
            )
        );
        if (left.Length > 0)
            await docker.RunAsync(["rm", "--force", .. left], cancellationToken);
    }

    // Through Compose, as the service itself is run.
    private async Task OpenAsync(ServiceSpec service, ImmutableArray<VolumeMount> mounts, CancellationToken cancellationToken)
    {
        var opener = service.VolumeOpener;
        var result = await docker.RunAsync(
            [
                .. ComposeProject.Arguments(workspace, stack.Name, stack.Naming),
                .. ComposeProject.WithSteps(stack),
                "run",
                "--rm",
                "--no-deps",
                "--no-TTY",
                "--quiet-pull",
                "--label",
                $"{Labels.Opener}=true",
                "--user",
                "0:0",
                "--entrypoint",
                opener[0],
                service.Name,
                .. opener[1..],
                .. mounts.Select(mount => mount.Target),
            ],
            cancellationToken
        );
        if (result.Succeeded)
            return;
        if (result.ExitCode == CutOff)
            await Task.Delay(SignalPatience, cancellationToken);
        throw UserErrorException.Failed(
            $"{service.Name}: Its volumes {string.Join(", ", mounts.Select(mount => $"'{mount.Volume.Name}'"))} could not be made writable: "
                + $"{result.Reason} Nothing was started."
        );
    }
}
