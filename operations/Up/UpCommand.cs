using System.Collections.Immutable;
using Infra.Model;
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

    /// <summary>The services that were told of a change in their files as they run, so that they need not be recreated for it.</summary>
    public ImmutableHashSet<string> Told { get; init; } = [];

    /// <summary>Values of secrets to bring it up with, whatever is kept, by their names.</summary>
    public ImmutableDictionary<string, SecretValue> Given { get; init; } = ImmutableDictionary<string, SecretValue>.Empty;

    /// <summary>The services whose containers have read their files as these are now.</summary>
    public async Task<ImmutableHashSet<string>> UpToDateAsync(StackContext stack, ImmutableArray<ContainerState> running, CancellationToken cancel)
    {
        var secrets = new StackSecrets(workspace, shell, stack, say) { Given = Given };
        await secrets.RequireAsync(cancel);
        var digests = secrets.Digests.Of(stack.Topology);
        var applied = Applied.Read(AppliedFile(stack));
        return [.. running.Where(container => applied.HasRead(container, digests)).Select(container => container.Service)];
    }

    /// <summary>Brings it up, whatever stands of it.</summary>
    /// <returns>The containers, all well.</returns>
    /// <exception cref="CliException">It cannot be, or some service did not become healthy.</exception>
    public async Task<ImmutableArray<ContainerState>> RunAsync(StackContext stack, CancellationToken cancel)
        => await RunAsync(stack, await docker.ContainersAsync(stack.Naming, cancel), cancel);

    /// <summary>Brings it up from the containers that stand.</summary>
    /// <returns>The containers, all well.</returns>
    /// <exception cref="CliException">It cannot be, or some service did not become healthy.</exception>
    public async Task<ImmutableArray<ContainerState>> RunAsync(StackContext stack, ImmutableArray<ContainerState> standing, CancellationToken cancel)
    {
        var builder = new ImageBuilder(workspace, shell, docker, view);
        var staleness = builder.StaleAsync(stack, cancel);
        var project = new ComposeProject(workspace, stack);
        var text = project.Text;
        var secrets = new StackSecrets(workspace, shell, stack, say) { Given = Given };
        await secrets.RequireAsync(cancel);
        var applied = Applied.Read(AppliedFile(stack));
        var difference = new Difference(workspace, docker, stack, applied);
        // Both ask the engine: side by side.
        var isSame = secrets.AreAllThere && await difference.IsNoneAsync(text, project, secrets, standing, cancel);
        var stale = await staleness;
        if (isSame && stale.IsEmpty) return standing;

        await RequireLocalAsync(stack, cancel);
        await OtherEngine.RequireNoneAsync(docker, stack.Naming, EngineChoice.Compose, standing, cancel);
        var written = new WrittenVolumes(docker, stack.Topology);
        await written.RequireSameWriterAsync(cancel);
        await BrokerUpgrade.RequireAsync(docker, stack.Topology, cancel);
        await new PortCheck(shell).RequireAsync(stack, standing, cancel);
        await new ImagePuller(shell, docker, view).PullAsync(stack.Topology, cancel);
        ImageMemory.Remember(workspace, stack.Name, stack.Images);
        await builder.BuildAsync(stack.Naming, stale, cancel);
        await written.RequireSameMajorAsync(cancel);
        var digests = secrets.Digests.Of(stack.Topology);
        var known = applied.Writing(digests, DateTimeOffset.UtcNow, Told);
        // From here on the next `up` looks at everything, should this one not come to its end.
        known.Write(AppliedFile(stack));
        project.Write(text, secrets.ReadOrCreate);
        var hashes = await HashesAsync(stack, cancel);
        var changed = standing.Where(container => !known.HasRead(container, digests)).Concat(Moved(stack, standing)).Select(container => container.Service);
        var desired = new Desired(hashes, await Desired.ImagesAsync(docker, stack, cancel), [.. changed, .. await CutOff.ServicesAsync(docker, stack, standing, cancel)]);
        var opening = new VolumeOpening(workspace, docker, stack);
        await opening.ForgetRemovedAsync(cancel);
        await ComposeVolumes.MakeAsync(docker, stack.Topology, cancel);
        await opening.RunAsync(cancel);
        await new ComposeRun(workspace, shell, docker, stack, view).RunAsync(desired, standing, cancel);
        (known with { Compose = ComposeProject.Digest(text), Hashes = hashes }).Write(AppliedFile(stack));
        return await docker.ContainersAsync(stack.Naming, cancel);
    }

    private ContainerState[] Moved(StackContext stack, ImmutableArray<ContainerState> standing)
    {
        var moved = standing.Where(container => Difference.IsElsewhere(workspace, container)).ToArray();
        if (moved.Length > 0) say($"{stack.Naming.Name}: It was brought up from {moved[0].Folder}. What mounts files from there is recreated with those of {workspace.Root}.");
        return moved;
    }

    private async Task RequireLocalAsync(StackContext stack, CancellationToken cancel)
    {
        var findings = RemoteEngine.ThroughCompose(stack.Topology, await EngineAddress.OfClientAsync(docker, cancel));
        if (!findings.IsEmpty) throw CliException.Bad(findings.Select(finding => finding.ToString()));
    }

    private string AppliedFile(StackContext stack) => workspace.Absolute(Workspace.AppliedOf(stack.Name));

    private async Task<ImmutableSortedDictionary<string, string>> HashesAsync(StackContext stack, CancellationToken cancel)
    {
        var result = await docker.RunAsync([.. ComposeProject.Words(workspace, stack.Name, stack.Naming), .. ComposeProject.WithSteps(stack), "config", "--hash", "*"], cancel);
        if (!result.Succeeded) throw CliException.Failure($"{ComposeProject.FileOf(stack.Name)}: Compose does not accept it: {result.Reason}");
        return Docker.Lines(result).Select(line => line.Split(' ')).ToImmutableSortedDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }
}
