using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Targets.Containers;

/// <summary>What of a topology containers under Pulumi cannot carry: refused where leaving it out changes the meaning, else waived.</summary>
public static class ContainerTarget
{
    /// <summary>The id of every finding here.</summary>
    public const string Rule = "TARGET-PULUMI";

    /// <summary>The refusals (errors) and waivers (warnings) of a topology.</summary>
    public static ImmutableArray<Finding> Review(Topology topology) =>
    [
        .. topology.Services.SelectMany(service => Refused(service, topology).Concat(Waived(service))),
        .. Builds(topology), .. Names(topology),
    ];

    private static IEnumerable<Finding> Refused(ServiceSpec service, Topology topology)
    {
        // Waived, it would look as if edits arrived while the container ran the code of its image.
        if (Watched(service, WatchAction.Sync) is { } synced)
            yield return Refuse(service, $"Pulumi cannot copy changes of {synced} into a running container.",
                "Mount the code (`infra:app.reload: mount`), or bring the stack up through Compose.");
        foreach (var wait in service.WaitsFor.Where(wait => wait.Condition == WaitCondition.Completed))
            if (topology.Find(wait.Service) is { } step && !step.IsStep())
                yield return Refuse(service, $"It waits for '{step.Name}' to complete, which is started again whenever it ends.",
                    $"Give '{step.Name}' the restart policy No, or wait until it is healthy.");
        foreach (var file in service.Files.Where(file => !file.Content.HasSecrets && file.Content.ToString().Length == 0))
            yield return Refuse(
                service,
                $"The file '{file.Name}' is empty, and the provider uploads no empty files.",
                "Give it a content, if only a line break, or leave it out."
            );
        if (service.Command.Concat(service.Entrypoint).Any(word => word.Length == 0))
            yield return Refuse(
                service,
                "An argument of its command is empty, and the provider starts no such container.",
                "Leave the argument out, or let a shell produce it (`sh -c`)."
            );
        foreach (var name in service.Labels.Keys.Where(name => name.StartsWith("infra.", StringComparison.Ordinal)))
            yield return Refuse(service, $"The label '{name}' belongs to the stack itself.", "Give it a name without 'infra.' in front.");
        foreach (var other in ReplicaNames.Further(service.Name, service.Containers()).Select(topology.Find).OfType<ServiceSpec>())
            yield return Refuse(
                service,
                $"One of its {service.Containers()} containers would have the name of the service '{other.Name}'.",
                $"Rename '{other.Name}'."
            );
        foreach (var finding in Led(service, topology)) yield return finding;
        if (service.Files.IsEmpty) yield break;
        foreach (var suffix in service.PasswordChange is null ? [FilesCarrier.Suffix] : new[] { FilesCarrier.Suffix, FilesCarrier.PasswordSuffix })
            if (topology.Find(service.Name + suffix) is { } other)
                yield return Refuse(
                    service,
                    $"The container that carries its files would have the name of the service '{other.Name}'.",
                    $"Rename '{other.Name}'."
                );
        foreach (var volume in service.Files.Select(file => FilesCarrier.Volume(service, file.Directory).Name).Distinct())
            if (topology.Volumes.Any(known => known.Name == volume))
                yield return Refuse(
                    service,
                    $"The volume that carries its files would be called '{volume}', as one that is mounted.",
                    $"Rename the volume '{volume}'."
                );
    }

    private static IEnumerable<Finding> Led(ServiceSpec proxy, Topology topology)
    {
        foreach (var route in proxy.Routes.Where(route => topology.Find(route.Service)?.Replacement == Replacement.StartFirst))
        {
            var name = ProxyRoutes.NameOf(proxy, route);
            if (topology.Find(name) is not null)
                yield return Refuse(
                    proxy,
                    $"The container that switches it to '{route.Service}' would have the name of the service '{name}'.",
                    $"Rename '{name}'."
                );
            if (topology.Volumes.Any(volume => volume.Name == name))
                yield return Refuse(
                    proxy,
                    $"The volume that switches it to '{route.Service}' would be called '{name}', as one that is mounted.",
                    $"Rename the volume '{name}'."
                );
        }
    }

    private static IEnumerable<Finding> Waived(ServiceSpec service)
    {
        if (service.Pids is not null)
            yield return Waive(service, "The provider cannot limit a container's processes; it runs without that limit.",
                "Set `default-pids-limit` for the whole engine, or bring the stack up through Compose.");
        if (service.ReservedCpus is not null)
            yield return Waive(
                service,
                "A container cannot have processor time set aside; only its limit holds.",
                "Nothing, on one machine; reservations are for a cluster's scheduler."
            );
        if (service.Dns.Length > 1)
            yield return Waive(
                service,
                $"The provider keeps no order of name servers: any of {string.Join(", ", service.Dns)} may be asked first.",
                "Nothing, where each of them answers the same; or name one."
            );
        foreach (
            var group in service.Ports.GroupBy(port => port.Container).Where(group => group.Select(port => port.Protocol).Distinct().Count() > 1)
        )
            yield return Waive(
                service,
                $"Port {group.Key} is published for several protocols, which the provider reads back in any order: "
                    + "a preview after a refresh may want to replace it.",
                "Nothing; or publish the port for one protocol."
            );
        if (Watched(service, WatchAction.Rebuild) is { } watched)
            yield return Waive(service, $"Pulumi does not watch {watched}.", "Run up again after a change: the image is then built again.");
    }

    // All of them in one sentence, or nothing.
    private static string? Watched(ServiceSpec service, WatchAction action) =>
        service.Watch.Where(rule => rule.Action == action).Select(rule => $"'{rule.Path}'").ToArray() is { Length: > 0 } paths
            ? string.Join(", ", paths)
            : null;

    private static IEnumerable<Finding> Builds(Topology topology)
    {
        foreach (var build in topology.Builds.Where(build => build.Platforms.Length > 1))
            yield return new Finding(
                Rule,
                Severity.Error,
                build.Name,
                $"The provider builds for one platform at a time, not for {string.Join(", ", build.Platforms)}.",
                "Build it with './infra.sh build STACK --push', and set infra:app.image to what that prints; or name one platform."
            );
        foreach (var build in topology.Builds.Where(build => !build.CacheTo.IsEmpty))
            yield return new Finding(Rule, Severity.Warning, build.Name, "The provider writes no cache to a registry; it only reads one.",
                "Build it with './infra.sh build STACK --push', which writes it.");
        var images = topology.Services.Select(service => service.Image).OfType<BuiltImage>();
        foreach (var group in images.GroupBy(image => image.Name).Where(group => group.Select(Distinguishing).Distinct().Count() > 1))
            yield return new Finding(
                Rule,
                Severity.Error,
                group.Key,
                $"Different images are built under this one name: {string.Join("; ", group.Select(image => image.ToString()).Distinct())}.",
                "Give each build a name of its own."
            );
    }

    private static IEnumerable<Finding> Names(Topology topology)
    {
        var local = topology.Builds.Select(build => (build, tag: topology.Naming.Tag(build))).Where(each => !PinnedImage.HasRegistry(each.tag));
        foreach (var (build, tag) in local)
        {
            if (build.Push)
                yield return new Finding(
                    Rule,
                    Severity.Error,
                    build.Name,
                    $"The provider pushes to no such name as '{tag}', which does not begin with its registry.",
                    "Write the full name, with 'docker.io/' in front where it goes to Docker Hub."
                );
            else if (!build.CacheFrom.IsEmpty)
                yield return new Finding(
                    Rule,
                    Severity.Warning,
                    build.Name,
                    $"The provider takes no layers from elsewhere for '{tag}', a name without a registry; it is built without them.",
                    "Nothing, on one machine: the engine keeps its own layers."
                );
        }
    }

    // Records compare their collections by reference; two equal descriptions of one build are one build.
    private static string Distinguishing(BuiltImage image) =>
        string.Join(
            '\0',
            [
                image.Context,
                image.Dockerfile,
                image.Target,
                image.Network,
                image.Tag,
                image.Base?.Name,
                .. image.Args.Select(argument => $"{argument.Key}={argument.Value}"),
                .. image.Platforms,
                .. image.CacheFrom,
                .. image.CacheTo,
                image.Push ? "push" : "",
            ]
        );

    private static Finding Refuse(ServiceSpec service, string what, string then) => new(Rule, Severity.Error, service.Name, what, then);

    private static Finding Waive(ServiceSpec service, string what, string then) => new(Rule, Severity.Warning, service.Name, what, then);
}
