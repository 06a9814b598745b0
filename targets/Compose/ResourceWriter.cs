using Infra.Model;
using YamlDotNet.RepresentationModel;

namespace Infra.Targets.Compose;

/// <summary>Writes what services share: networks, volumes, files.</summary>
internal static class ResourceWriter
{
    public static IEnumerable<(string Key, YamlNode? Value)> Write(ComposeScope scope) =>
    [
        ("networks", Yaml.Map(scope.Topology.Networks.Select(network => (network.Name, (YamlNode?)Write(network, scope)))).OrNothing()),
        ("volumes", Yaml.Map(scope.Topology.Volumes.Select(volume => (volume.Name, (YamlNode?)Write(volume, scope)))).OrNothing()),
        ("secrets", Yaml.Map(scope.Files.Entries.Where(entry => entry.IsSecret).Select(entry => (entry.Key, (YamlNode?)Write(entry, scope)))).OrNothing()),
        ("configs", Yaml.Map(scope.Files.Entries.Where(entry => !entry.IsSecret).Select(entry => (entry.Key, (YamlNode?)Write(entry, scope)))).OrNothing()),
    ];

    private static YamlMappingNode Write(Network network, ComposeScope scope) => Yaml.Map(
        ("name", Yaml.Text(scope.Naming.Of(network.Name))),
        ("internal", network.Internal ? Yaml.Yes : null),
        ("labels", scope.Labels));

    private static YamlMappingNode Write(Volume volume, ComposeScope scope) => Yaml.Map(
        ("name", Yaml.Text(scope.Naming.Of(volume.Name))),
        ("labels", WrittenBy.Of(scope.Topology, volume) is { } writer
            ? Yaml.Map((Yaml.Merge, scope.Labels), (Labels.WrittenBy, Yaml.Text(writer)))
            : scope.Labels));

    private static YamlMappingNode Write(FileEntry entry, ComposeScope scope) => entry.Path is null
        ? Yaml.Map(("content", Yaml.Text(entry.Content.ToString())))
        : Yaml.Map(("file", Yaml.Text(scope.Options.Written(entry.Path))));
}
