using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Running;

/// <summary>Finds the containers of a stack, whichever engine made them.</summary>
public static class StackContainers
{
    /// <summary>The stack's containers; none where no engine answers: a command that needs one checks that, and may install it first.</summary>
    public static async Task<ImmutableArray<ContainerState>> FindAsync(Session session, Naming naming, CancellationToken cancellationToken)
    {
        if (session.Shell.Find(Docker.Program) is null) return [];
        try
        {
            return await session.Docker.ContainersAsync(naming, cancellationToken);
        }
        catch (UserErrorException)
        {
            // One that answers has not said that there are none.
            if ((await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Server is not null) throw;
            return [];
        }
    }
}
