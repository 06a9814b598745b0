using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Rotation;

namespace Infra.Operations.StackEngines;

/// <summary>What brings a stack up, changes it and takes it down: a verb asks for one and need not know which.</summary>
public interface IStackEngine
{
    /// <summary>Whether its <c>up</c> settles a rotation that was killed; else the next rotation finishes it.</summary>
    bool SettlesRotations { get; }

    /// <summary>Whether production's secrets are in the stack's configuration and nowhere else.</summary>
    bool ConfiguresProduction { get; }

    /// <summary>Brings the stack up and waits until every service is healthy.</summary>
    /// <param name="stack">What is to run.</param>
    /// <param name="existing">Its containers.</param>
    /// <param name="beforeChanges">Runs when all that can be checked was, and before anything that runs is changed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The command's exit code.</returns>
    Task<int> UpAsync(
        StackContext stack,
        ImmutableArray<ContainerState> existing,
        Func<CancellationToken, Task> beforeChanges,
        CancellationToken cancellationToken
    );

    /// <summary>Whether an image that a registry has is named by its digest there, rather than by a tag of this engine's own.</summary>
    bool NamesImagesByDigest { get; }

    /// <summary>Brings the services to an earlier release, and waits until each is healthy. Nothing is built, and no step runs.</summary>
    /// <param name="stack">The stack on the images of that release.</param>
    /// <param name="existing">Its containers.</param>
    /// <param name="beforeChanges">Runs when all that can be checked was, and before anything that runs is changed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The command's exit code.</returns>
    Task<int> RollBackAsync(
        StackContext stack,
        ImmutableArray<ContainerState> existing,
        Func<CancellationToken, Task> beforeChanges,
        CancellationToken cancellationToken
    );

    /// <summary>Stops and removes the stack, and its volumes where that is asked for. Its settings need not be right any more.</summary>
    /// <returns>The command's exit code.</returns>
    Task<int> DownAsync(string stack, Naming naming, bool volumes, CancellationToken cancellationToken);

    /// <summary>Sees that it knows the stack, before its secrets are looked at.</summary>
    /// <exception cref="UserErrorException">It does not.</exception>
    Task EnterAsync(string stack, CancellationToken cancellationToken);

    /// <summary>Looks how the stack can be brought up while a secret is being rotated.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="store">Where its value is kept.</param>
    /// <param name="running">The stack's containers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<IRotationUps> RotationAsync(
        StackContext stack, Secret secret, ISecretStore store, ImmutableArray<ContainerState> running, CancellationToken cancellationToken);
}
