using Infra.Model;

namespace Infra.Operations.Engine;

/// <summary>
/// Files of the project that containers mount and that are gone: it was moved, and not brought up since. What runs, runs on; but the
/// engine neither starts such a container nor copies from it.
/// </summary>
public static class LostMounts
{
    /// <summary>A sentence on the first of a container's; nothing where all are there.</summary>
    public static string? Find(Topology topology, ContainerState container) =>
        SourcesOf(topology, container).Order(StringComparer.Ordinal).FirstOrDefault(IsGone) is { } source
            ? $"{container.Service}: It mounts {source}, which is gone: was the project moved? Once it ends it cannot be started again. "
                + $"'./infra.sh up {topology.Naming.Stack}' recreates it with what is there now."
            : null;

    // A path that the settings give in full may be one of another machine, the engine's.
    private static IEnumerable<string> SourcesOf(Topology topology, ContainerState container)
    {
        var own =
            topology
                .Find(container.Service)
                ?.Mounts.OfType<BindMount>()
                .Where(mount => !Path.IsPathRooted(mount.Source))
                .Select(mount => mount.Target)
            ?? [];
        return container
            .Binds.Where(bind => own.Contains(bind.Key) || (container.Folder is { } folder && ContainerState.IsBelow(folder, bind.Value)))
            .Select(bind => bind.Value);
    }

    // One that may not be looked at is not gone.
    private static bool IsGone(string path)
    {
        try
        {
            File.GetAttributes(path);
            return false;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
