using Infra.Model;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>A volume without a name belongs to one container: nobody finds it again, and nobody removes it.</summary>
internal static class AnonymousVolumes
{
    public static ComposeRule Rule { get; } = new("ANONYMOUS-VOLUME", Severity.Warning, "Every volume has a name", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Topology.Services
        from volume in reviewed.Keys(service.Name).Items("volumes")
        where volume["type"]?.GetValue<string>() == "volume" && volume["source"] is null
        let target = volume["target"]?.GetValue<string>() ?? ""
        where !(service.Role == ServiceRole.Cache && QueuesOutlive.IsFor(reviewed))
        // Its state is another rule's; one in a mounted folder hides what the host has there.
        where !service.StatePaths.Any(path => IsIn(path, target)) && !service.Mounts.OfType<BindMount>().Any(mount => IsIn(target, mount.Target))
        select Rule.Warning(
            service.Name,
            $"volumes#{target}",
            $"the volume at '{target}' has no name: the next container after 'docker compose down' gets another, and this one stays on the disk.",
            $"Give it a name ('NAME:{target}', and NAME in the file's own 'volumes'), or use 'tmpfs' for what may be lost."
        );

    private static bool IsIn(string path, string folder) =>
        path.TrimEnd('/') == folder.TrimEnd('/') || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
