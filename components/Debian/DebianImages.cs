using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;

namespace Infra.Components.Debian;

/// <summary>
/// The images that are built from Debian's packages (<c>images/</c>), for places without a registry: same environment, files,
/// data folders, ports and users as the published ones, so that the same specs run on both.
/// </summary>
public static class DebianImages
{
    private static readonly BuiltImage AppBase = Third("app", "app-base", DebianTag.Suite);

    // Every kind of service with an image of its own: that image, and the version of its counterpart; none where Debian has no package.
    private static readonly ImmutableArray<(string Kind, string? Repository, string? Version)> Rows =
    [
        (Postgres.Kind, Images.Postgres.Repository, "17"),
        (Postgres.Kind, Images.PostGis.Repository, "17"),
        (PgBouncer.Kind, Images.PgBouncer.Repository, "1"),
        (Redis.Kind, Images.Redis.Repository, "8"),
        (Redis.Kind, Images.Valkey.Repository, "8"),
        (RabbitMq.Kind, Images.RabbitMq.Repository, "4"),
        (LocalStack.Kind, Images.LocalStack.Repository, "4"),
        (Proxy.Kind, Images.Caddy.Repository, "2"),
        (Prometheus.Kind, Images.Prometheus.Repository, "2"),
        (Alertmanager.Kind, Images.Alertmanager.Repository, "0"),
        (Grafana.Kind, Images.Grafana.Repository, null),
        (NodeExporter.Kind, Images.NodeExporter.Repository, "1"),
        (PostgresExporter.Kind, Images.PostgresExporter.Repository, "0"),
        (RedisExporter.Kind, Images.RedisExporter.Repository, "1"),
        (Ollama.Kind, Images.Ollama.Repository, null),
        (Chroma.Kind, Images.Chroma.Repository, null),
        // It runs in the application's own image, and no package of Debian's brings it there.
        (Flower.Kind, null, null),
    ];

    /// <summary>The images that are known here, by their repositories.</summary>
    public static IEnumerable<string> Repositories => Rows.Select(row => row.Repository).OfType<string>();

    /// <summary>Whether Debian packages what such a service runs.</summary>
    public static bool Has(string kind) => Rows.All(row => row.Kind != kind || row.Version is not null);

    /// <summary>The service on Debian's image, or nothing where Debian has none; an image of the user's own stays what it is.</summary>
    public static ServiceSpec? Choose(ServiceSpec service) => service.Image switch
    {
        PinnedImage pinned when Version(pinned) is { } version =>
            On(service, Third(Folder(pinned.Repository), Folder(pinned.Repository), version)),
        _ when !Has(service.Kind) => null,
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

    private static string? Version(PinnedImage image) => Rows.FirstOrDefault(row => row.Repository == image.Repository).Version;

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
        Tag = DebianTag.For(name, tag),
        Network = "host",
        Base = name == "postgis" ? Third("postgres", "postgres", tag) : null,
    };
}
