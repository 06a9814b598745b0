using System.Collections.Immutable;
using Infra.Model;
using YamlDotNet.RepresentationModel;

namespace Infra.Targets.Compose;

/// <summary>Writes a topology as a Docker Compose file.</summary>
public static class ComposeWriter
{
    /// <summary>The Compose file's text: the same for the same topology, and without any secret's value.</summary>
    /// <exception cref="InvalidOperationException">Something cannot be said without showing a secret, or two files would share a name.</exception>
    public static string Write(Topology topology, ComposeOptions options)
    {
        var scope = new ComposeScope(topology, options);
        var services = topology.Services.ToDictionary(
            service => service.Name,
            service => ServiceWriter.Write(service, scope),
            StringComparer.Ordinal
        );
        var shared = new SharedParts(scope.Labels);
        shared.Take("logging", services);
        shared.TakeCommon("service", services, "restart", "cap_drop", "security_opt", "logging");
        foreach (var group in topology.Services.GroupBy(service => ComposeScope.Identity(service.Image)).Where(group => group.Count() > 1))
            shared.TakeCommon(NameOf(group.First().Image), [.. group.Select(service => service.Name)], services);
        foreach (
            var group in topology.Services.Where(service => service.Image is BuiltImage).GroupBy(service => service.Kind).Where(AreOfOneKindEach)
        )
            ShareKind(group.Key[(group.Key.LastIndexOf(':') + 1)..].ToLowerInvariant(), [.. group.Select(service => service.Name)], shared, services);

        var root = Yaml.Map([
            ("name", Yaml.Text(topology.Naming.Name)),
            .. shared.Parts.Select(part => (part.Key, (YamlNode?)part.Value)),
            ("services", Yaml.Map([
                .. topology.Services.Select(service => (service.Name, (YamlNode?)services[service.Name])),
                .. BuildWriter.Bases(scope),
            ])),
            .. ResourceWriter.Write(scope),
        ]);
        return YamlText.Write(root, [
            $"Written by {options.Command} from the stack's own description: change that, not this.",
            .. scope.Bases.Select(image => $"Before the first start: docker compose build {scope.BaseService(image)}"),
        ]);
    }

    // How often and how patiently they are probed, too.
    private static void ShareKind(string kind, ImmutableArray<string> names, SharedParts shared, Dictionary<string, YamlMappingNode> services)
    {
        shared.TakeWithin("healthcheck", kind, [.. names.Select(name => services[name])]);
        shared.TakeCommon(kind, names, services);
    }

    // Several services of one kind, each with an image of its own: what they share is the kind's.
    private static bool AreOfOneKindEach(IGrouping<string, ServiceSpec> group)
        => group.Count() > 1 && group.Select(service => ComposeScope.Identity(service.Image)).Distinct().Count() == group.Count();

    private static string NameOf(Image image) => image switch
    {
        BuiltImage built => built.Name,
        PinnedImage pinned => pinned.Repository[(pinned.Repository.LastIndexOf('/') + 1)..],
        _ => throw ComposeScope.Unknown(image),
    };
}
