using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Components.Debian;

/// <summary>
/// The images that are built from Debian's packages (<c>images/</c>), for places without a registry: same environment, files,
/// data folders, ports and users as the published ones, so that the same specs run on both.
/// </summary>
public static class DebianImages
{
    private static readonly ImmutableDictionary<string, string> Tags = new Dictionary<string, string>
    {
        ["postgres"] = "17",
        ["redis"] = "8",
        ["rabbitmq"] = "4",
        ["postgis/postgis"] = "17",
        ["localstack/localstack"] = "4",
        ["prom/prometheus"] = "2",
        ["prom/alertmanager"] = "0",
        ["prom/node-exporter"] = "1",
        ["quay.io/prometheuscommunity/postgres-exporter"] = "0",
        ["oliver006/redis_exporter"] = "1",
        ["caddy"] = "2",
    }.ToImmutableDictionary();

    // What Debian does not package.
    private static readonly ImmutableHashSet<string> Absent = [Flower.Kind, Grafana.Kind, Ollama.Kind, Chroma.Kind];

    private static readonly BuiltImage AppBase = Third("app", "app-base", "trixie");

    /// <summary>The service on Debian's image, or nothing where Debian has none; an image of the user's own stays what it is.</summary>
    public static ServiceSpec? Choose(ServiceSpec service) => service.Image switch
    {
        PinnedImage pinned when Tags.TryGetValue(pinned.Repository, out var tag) =>
            On(service, Third(Folder(pinned.Repository), Folder(pinned.Repository), tag)),
        _ when Absent.Contains(service.Kind) => null,
        BuiltImage { DebianDockerfile: not null } built => On(service, built, ChooseBuild(built)),
        PinnedImage => service,
        _ => null,
    };

    /// <summary>The build from Debian's packages; the same build where it has no Dockerfile for them.</summary>
    public static BuiltImage ChooseBuild(BuiltImage image) => image.DebianDockerfile is null ? image : image with
    {
        Dockerfile = image.DebianDockerfile,
        Args = image.Args.SetItem("BASE", AppBase.Tag!),
        Base = AppBase,
        // Its Dockerfile may install more of Debian's packages.
        Network = "host",
    };

    // Where its own image keeps its data in another folder, what names that folder follows.
    private static ServiceSpec On(ServiceSpec service, BuiltImage chosen)
    {
        if ((PostgresLayout.Folder(service.Image), PostgresLayout.Folder(chosen)) is not ({ } from, { } to) || from == to)
            return service with { Image = chosen };
        return service with
        {
            Image = chosen,
            Mounts = [.. service.Mounts.Select(mount => mount.Target == from ? mount with { Target = to } : mount)],
            StatePaths = [.. service.StatePaths.Select(path => path == from ? to : path)],
            Environment = service.Environment.SetItems(service.Environment.Where(variable => variable.Value.ToString() == from)
                .Select(variable => KeyValuePair.Create(variable.Key, Template.From($"{to}")))),
        };
    }

    // Development watches the Dockerfile that its image is built from.
    private static ServiceSpec On(ServiceSpec service, BuiltImage usual, BuiltImage chosen) => service with
    {
        Image = chosen,
        Watch = [.. service.Watch.Select(rule => rule.Path == usual.DockerfilePath ? rule with { Path = chosen.DockerfilePath } : rule)],
    };

    // oliver006/redis_exporter → redis-exporter
    private static string Folder(string repository) => repository[(repository.LastIndexOf('/') + 1)..].Replace('_', '-');

    private static BuiltImage Third(string folder, string name, string tag) => new(name, $"images/{folder}")
    {
        Tag = $"infra-debian/{name}:{tag}",
        Network = "host",
        Base = name == "postgis" ? Third("postgres", "postgres", tag) : null,
    };
}
