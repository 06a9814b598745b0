using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;
using Infra.Operations.Releases;
using Infra.Operations.Rotation;

namespace Infra.Operations.StackEngines;

/// <summary>Pulumi's own command line, which runs our program.</summary>
public sealed class PulumiStackEngine(Session session) : IStackEngine
{
    /// <inheritdoc/>
    public bool SettlesRotations => false;

    /// <inheritdoc/>
    public bool ConfiguresProduction => true;

    /// <inheritdoc/>
    public bool NamesImagesByDigest => true;

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
        var code = await PulumiCli.UpAsync(session, stack, beforeChanges, cancellationToken);
        if (code != 0) return code;
        var running = await session.Docker.ContainersAsync(stack.Naming, cancellationToken);
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
        await PulumiCli.EnterAsync(session, stack.Name, cancellationToken);
        await PulumiCli.SetRollbackAsync(session, stack, cancellationToken);
        return await PulumiCli.UpAsync(session, stack, beforeChanges, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> DownAsync(string stack, Naming naming, bool volumes, CancellationToken cancellationToken)
        => PulumiCli.DownAsync(session, stack, naming, volumes, cancellationToken);

    /// <inheritdoc/>
    public Task EnterAsync(string stack, CancellationToken cancellationToken) => PulumiCli.EnterAsync(session, stack, cancellationToken);

    /// <inheritdoc/>
    public Task<IRotationUps> RotationAsync(
        StackContext stack, Secret secret, ISecretStore store, ImmutableArray<ContainerState> running, CancellationToken cancellationToken)
        => PulumiRotation.MakeAsync(session, stack, secret, store);
}
