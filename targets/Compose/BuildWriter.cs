using Infra.Model;
using YamlDotNet.RepresentationModel;

namespace Infra.Targets.Compose;

/// <summary>Writes how an image is built.</summary>
internal static class BuildWriter
{
    public static YamlMappingNode Write(BuiltImage image, ComposeScope scope) =>
        Yaml.Map(
            ("context", Yaml.Text(scope.Options.Written(image.Context))),
            ("dockerfile", image.Dockerfile == "Dockerfile" ? null : Yaml.Text(image.Dockerfile)),
            ("target", image.Target is null ? null : Yaml.Text(image.Target)),
            (
                "args",
                Yaml.Map(image.Args.OrderBy(arg => arg.Key, StringComparer.Ordinal).Select(arg => (arg.Key, (YamlNode?)Yaml.Text(arg.Value))))
                    .OrNothing()
            ),
            ("network", image.Network is null ? null : Yaml.Text(image.Network)),
            ("cache_from", Yaml.List(image.CacheFrom.Select(Yaml.Text))),
            ("cache_to", Yaml.List(image.CacheTo.Select(cache => Yaml.Text($"type=registry,ref={cache},mode=max")))),
            ("platforms", Yaml.List(image.Platforms.Select(Yaml.Text))),
            // An image with a name of its own is shared by stacks: with a stack's label, each would build its own.
            ("labels", image.Tag is null ? scope.Labels : null)
        );

    /// <summary>Images that others start from, under a profile: built by name, never run.</summary>
    public static IEnumerable<(string Key, YamlNode? Value)> Bases(ComposeScope scope) => scope.Bases.Select(image =>
        (scope.BaseService(image), (YamlNode?)Yaml.Map(
            ("image", Yaml.Text(scope.Naming.Tag(image))),
            ("build", Write(image, scope)),
            ("profiles", Yaml.Flow(["images"])))));
}
