using System.Collections.Immutable;
using Infra.Operations.Backups;
using Infra.Operations.Engine;
using Infra.Operations.Project;
using Infra.Operations.Rotation;

namespace Infra.Operations.Recovery;

/// <summary>Sees around an <c>up</c> that nothing is left of a restore or a rotation that was killed.</summary>
/// <param name="session">Reports.</param>
/// <param name="stack">The stack.</param>
/// <param name="settlesRotations">Whether a rotation that was killed is settled here, and not by the next one.</param>
public sealed class CrashRecovery(Session session, StackContext stack, bool settlesRotations)
{
    private readonly RestoreNote restore = new(session.Workspace, stack.Name);
    private readonly StoppedNote stopped = new(session.Workspace, stack.Name);
    private readonly KilledRotations rotations = new(session, stack);

    private InterruptedRestore Restore => new(session.Shell, stack.Topology, restore, stopped.Swaps, session.Error);

    /// <summary>What must be done before anything is started.</summary>
    public async Task BeginAsync(ImmutableArray<ContainerState> running, CancellationToken cancellationToken)
    {
        await Restore.ClearAsync(running, cancellationToken);
        if (settlesRotations) await rotations.ReportAsync(running, cancellationToken);
    }

    /// <summary>What can be done when everything is healthy.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        // All of it runs again.
        stopped.Keep([]);
        var hasRotations = settlesRotations && rotations.AreThere;
        if (restore.Backup is null && !hasRotations) return;
        var running = await session.Docker.ContainersAsync(stack.Naming, cancellationToken);
        await Restore.ClearAsync(running, cancellationToken);
        if (hasRotations) await rotations.EndAsync(running, cancellationToken);
    }
}
