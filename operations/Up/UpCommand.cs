using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Adoption;
using Infra.Operations.Builds;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Running;
using Infra.Operations.SecretValues;
using Infra.Targets;

namespace Infra.Operations.Up;

/// <summary>Brings a stack up through Compose: only what differs, and not before everything that can be checked was checked.</summary>
public sealed class UpCommand(Workspace workspace, IShell shell, IUpView view, Action<string> say)
{
    private readonly Docker docker = new(shell);

    /// <summary>The services in which a change of their files was made while they run, so that they need not be recreated for it.</summary>
    public ImmutableHashSet<string> Report { get; init; } = [];

    /// <summary>Values of secrets to bring it up with, whatever is kept, by their names.</summary>
    public ImmutableDictionary<string, SecretValue> Given { get; init; } = ImmutableDictionary<string, SecretValue>.Empty;

    /// <summary>Runs when all that can be checked was, and before anything that runs is changed; not where nothing is. Defaults to nothing.</summary>
    public Func<CancellationToken, Task> BeforeChanges { get; init; } = _ => Task.CompletedTask;

    /// <summary>The services whose containers have read their files as these are now.</summary>
    public async Task<ImmutableHashSet<string>> UpToDateAsync(
        StackContext stack,
        ImmutableArray<ContainerState> running,
        CancellationToken cancellationToken
    )
    {
        var secrets = new StackSecrets(workspace, shell, stack, say) { Given = Given };
        await secrets.RequireAsync(cancellationToken);
        var digests = secrets.Digests.For(stack.Topology);
        LastApply applied = LastApply.Read(AppliedFile(stack));
        return [.. running.Where(container => applied.HasRead(container, digests)).Select(container => container.Service)];
    }

    /// <summary>Brings it up, whatever exists of it.</summary>
    /// <returns>The containers, all healthy.</returns>
    /// <exception cref="UserErrorException">It cannot be, or some service did not become healthy.</exception>
    public async Task<ImmutableArray<ContainerState>> RunAsync(StackContext stack, CancellationToken cancellationToken)
        => await RunAsync(stack, await docker.ContainersAsync(stack.Naming, cancellationToken), cancellationToken);

    /// <summary>Brings it up from the existing containers.</summary>
    /// <returns>The containers, all healthy.</returns>
    /// <exception cref="UserErrorException">It cannot be, or some service did not become healthy.</exception>
    public async Task<ImmutableArray<ContainerState>> RunAsync(
        StackContext stack,
        ImmutableArray<ContainerState> existing,
        CancellationToken cancellationToken
    )
    {
        // Whatever else there is to do: two that write to one volume destroy it.
        await new AdoptedVolumes(docker, stack.Topology).RequireFreeAsync(cancellationToken);
        var builder = new ImageBuilder(workspace, shell, docker, view);
        var staleness = stack.IsRolledBack ? Task.FromResult(ImmutableArray<StaleImage>.Empty) : builder.StaleAsync(stack, cancellationToken);
        var project = new ComposeProject(workspace, stack);
        var text = project.Text;
        var secrets = new StackSecrets(workspace, shell, stack, say) { Given = Given };
        await secrets.RequireAsync(cancellationToken);
        LastApply applied = LastApply.Read(AppliedFile(stack));
        Drift difference = new Drift(workspace, docker, stack, applied);
        // Both ask the engine: side by side.
        var isSame = secrets.AreAllThere && await difference.IsNoneAsync(text, project, secrets, existing, cancellationToken);
        var stale = await staleness;
        if (isSame && stale.IsEmpty)
        {
            // `heal` and `restart`, killed in between, leave a proxy with some of several.
            var several = stack.Topology.Services.Where(service => service.Containers() > 1);
            await RunningProxy.FreeAsync(docker, several, stack.Topology, existing, cancellationToken);
            return existing;
        }

        await RequireLocalAsync(stack, cancellationToken);
        await OtherEngine.RequireNoneAsync(docker, stack.Naming, EngineKind.Compose, existing, cancellationToken);
        var written = new WrittenVolumes(docker, stack.Topology);
        await written.RequireSameWriterAsync(cancellationToken);
        await BrokerUpgrade.RequireAsync(docker, stack.Topology, cancellationToken);
        await new PortCheck(shell).RequireAsync(stack, existing, cancellationToken);
        await new ImagePuller(shell, docker, view).PullAsync(stack.Topology, cancellationToken);
        ImageMemory.Remember(workspace, stack.Name, stack.Images);
        await builder.BuildAsync(stack.Naming, stale, cancellationToken);
        await written.RequireSameMajorAsync(cancellationToken);
        foreach (var sentence in await new AdoptedData(docker, stack.Topology).RequireFitAsync(cancellationToken)) say(sentence);
        var digests = secrets.Digests.For(stack.Topology);
        LastApply known = applied.Writing(digests, DateTimeOffset.UtcNow, Report);
        // From here on the next `up` looks at everything, should this one not come to its end.
        known.Write(AppliedFile(stack));
        project.Write(text, secrets.ReadOrCreate);
        var hashes = await HashesAsync(stack, cancellationToken);
        var changed = existing
            .Where(container => !known.HasRead(container, digests))
            .Concat(Moved(stack, existing))
            .Select(container => container.Service);
        DesiredState desired = new DesiredState(
            hashes,
            await DesiredState.ImagesAsync(docker, stack, cancellationToken),
            [.. changed, .. await LostNetworks.ServicesAsync(docker, stack, existing, cancellationToken)]
        );
        await BeforeChanges(cancellationToken);
        var opening = new VolumeOpening(workspace, docker, stack);
        await opening.ForgetRemovedAsync(cancellationToken);
        await ComposeVolumes.MakeAsync(docker, stack.Topology, cancellationToken);
        await new AdoptedSnapshots(docker, stack.Topology).PrepareAsync(cancellationToken);
        await opening.RunAsync(cancellationToken);
        await new ComposeRun(workspace, shell, docker, stack, view).RunAsync(desired, existing, cancellationToken);
        (known with { Compose = ComposeProject.Digest(text), Hashes = hashes }).Write(AppliedFile(stack));
        return await docker.ContainersAsync(stack.Naming, cancellationToken);
    }

    private ContainerState[] Moved(StackContext stack, ImmutableArray<ContainerState> existing)
    {
        var moved = existing.Where(container => Drift.IsElsewhere(workspace, container)).ToArray();
        if (moved.Length > 0)
            say(
                $"{stack.Naming.Name}: It was brought up from {moved[0].Folder}. "
                    + $"What mounts files from there is recreated with those of {workspace.Root}."
            );
        return moved;
    }

    private async Task RequireLocalAsync(StackContext stack, CancellationToken cancellationToken)
    {
        var findings = RemoteEngine.ThroughCompose(stack.Topology, await EngineAddress.OfClientAsync(docker, cancellationToken));
        if (!findings.IsEmpty) throw UserErrorException.BadInput(findings.Select(finding => finding.ToString()));
    }

    private string AppliedFile(StackContext stack) => workspace.Absolute(Workspace.AppliedOf(stack.Name));

    private async Task<ImmutableSortedDictionary<string, string>> HashesAsync(StackContext stack, CancellationToken cancellationToken)
    {
        var result = await docker.RunAsync(
            [.. ComposeProject.Arguments(workspace, stack.Name, stack.Naming), .. ComposeProject.WithSteps(stack), "config", "--hash", "*"],
            cancellationToken
        );
        if (!result.Succeeded)
            throw UserErrorException.Failed($"{ComposeProject.FileOf(stack.Name)}: Compose does not accept it: {result.Reason}");
        return Docker
            .Lines(result)
            .Select(line => line.Split(' '))
            .ToImmutableSortedDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }
}
