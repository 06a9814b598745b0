using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;
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
    public Task<int> UpAsync(StackContext stack, ImmutableArray<ContainerState> existing, CancellationToken cancellationToken)
        => PulumiCli.UpAsync(session, stack, cancellationToken);

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
