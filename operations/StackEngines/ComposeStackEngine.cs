using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Releases;
using Infra.Operations.Rotation;
using Infra.Operations.Running;
using Infra.Operations.Up;

namespace Infra.Operations.StackEngines;

/// <summary>Docker Compose, which needs no more than Docker.</summary>
public sealed class ComposeStackEngine(Session session) : IStackEngine
{
    /// <inheritdoc/>
    public bool SettlesRotations => true;

    /// <inheritdoc/>
    public bool ConfiguresProduction => false;

    /// <inheritdoc/>
    public bool NamesImagesByDigest => false;

    /// <inheritdoc/>
    public async Task<int> UpAsync(
        StackContext stack,
        ImmutableArray<ContainerState> existing,
        Func<CancellationToken, Task> beforeChanges,
        CancellationToken cancellationToken
    )
    {
        var releases = new StackReleases(session, stack);
        if (await releases.RolledBackAsync(existing, "What is in the tree is deployed again.", cancellationToken) is { } line)
            await session.Error.WriteLineAsync(line);
        var running = await BringUpAsync(stack, existing, beforeChanges, cancellationToken);
        await new ReleaseRecorder(session, stack, releases.Store).RecordAsync(existing, running, cancellationToken);
        return 0;
    }

    /// <inheritdoc/>
    public async Task<int> RollBackAsync(
        StackContext stack,
        ImmutableArray<ContainerState> existing,
        Func<CancellationToken, Task> beforeChanges,
        CancellationToken cancellationToken
    )
    {
        await BringUpAsync(stack, existing, beforeChanges, cancellationToken);
        return 0;
    }

    /// <inheritdoc/>
    public Task<int> DownAsync(string stack, Naming naming, bool volumes, CancellationToken cancellationToken)
        => new DownCommand(session.Workspace, session.Shell, session.Out).RunAsync(stack, naming, volumes, cancellationToken);

    /// <inheritdoc/>
    public Task EnterAsync(string stack, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IRotationUps> RotationAsync(
        StackContext stack, Secret secret, ISecretStore store, ImmutableArray<ContainerState> running, CancellationToken cancellationToken)
        => ComposeRotation.MakeAsync(session, stack, secret, running, cancellationToken);

    private async Task<ImmutableArray<ContainerState>> BringUpAsync(
        StackContext stack,
        ImmutableArray<ContainerState> existing,
        Func<CancellationToken, Task> beforeChanges,
        CancellationToken cancellationToken
    )
    {
        using var view = UpView.Make(session.Out);
        var up = new UpCommand(session.Workspace, session.Shell, view, session.Error.WriteLine) { BeforeChanges = beforeChanges };
        var containers = await up.RunAsync(stack, existing, cancellationToken);
        view.Dispose();
        var services = containers.Select(container => container.Service).Distinct().Count();
        await session.Out.WriteLineAsync($"{stack.Naming.Name}: {Counted.Of(services, "service")}, all healthy.");
        foreach (var address in Addresses.Published(stack.Topology)) await session.Out.WriteLineAsync($"  {address}");
        return containers;
    }
}
