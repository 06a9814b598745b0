using System.Collections.Immutable;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;

namespace Infra.Operations.Adoption;

/// <summary>The volumes that a stack had taken over, and that are there when it is gone with its own.</summary>
public static class KeptVolumes
{
    /// <summary>What the engine calls them; none where the settings cannot be read, which need not be right for it.</summary>
    public static async Task<ImmutableArray<string>> FindAsync(Session session, string stack, CancellationToken cancellationToken)
    {
        try
        {
            var names = StackLoader.Read(session.Workspace, stack).Settings.Volumes.Names.Values.ToImmutableArray();
            return names.IsEmpty ? [] : [.. names.Intersect(await session.Docker.VolumesAsync(cancellationToken), StringComparer.Ordinal)];
        }
        catch (UserErrorException)
        {
            return [];
        }
    }
}
