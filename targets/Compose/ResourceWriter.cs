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
            (
                "secrets",
                Yaml.Map(scope.Files.Entries.Where(entry => entry.IsSecret).Select(entry => (entry.Key, (YamlNode?)Write(entry, scope)))).OrNothing()
            ),
            (
                "configs",
                Yaml.Map(scope.Files.Entries.Where(entry => !entry.IsSecret).Select(entry => (entry.Key, (YamlNode?)Write(entry, scope)))).OrNothing()
            ),
        ];

    private static YamlMappingNode Write(Network network, ComposeScope scope) => Yaml.Map(
        ("name", Yaml.Text(scope.Naming.Physical(network.Name))),
        ("internal", network.Internal ? Yaml.Yes : null),
        ("enable_ipv6", network.IPv6 ? Yaml.Yes : null),
        ("driver_opts", Yaml.Map(network.DriverOptions.Select(option => (option.Key, (YamlNode?)Yaml.Text(option.Value)))).OrNothing()),
        ("labels", scope.Labels));

    // Nothing here changes with an image: Compose (from 2.35 on) offers to remove a volume, and its data, whose definition has changed.
    private static YamlMappingNode Write(Volume volume, ComposeScope scope) => Yaml.Map(
        ("name", Yaml.Text(scope.Naming.Volume(volume))),
        ("external", IsExternal(volume, scope) ? Yaml.Yes : null),
        ("labels", IsExternal(volume, scope) ? null : scope.Labels));

    private static bool IsExternal(Volume volume, ComposeScope scope) => scope.Options.VolumesApart || volume.Existing is not null;

    private static YamlMappingNode Write(FileEntry entry, ComposeScope scope) => entry.Path is null
        ? Yaml.Map(("content", Yaml.Text(entry.Content.ToString())))
        : Yaml.Map(("file", Yaml.Text(scope.Options.Written(entry.Path))));
}
