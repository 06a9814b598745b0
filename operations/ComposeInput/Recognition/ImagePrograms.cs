using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;

namespace Infra.Operations.ComposeInput.Recognition;

/// <summary>Which programs that fetch a URL are in an image, as far as its name or its Dockerfile tells.</summary>
public static partial class ImagePrograms
{
    private static readonly string[] Both = ["curl", "wget"];

    // Their variants on Debian have neither, those on Alpine busybox' wget.
    private static readonly ImmutableHashSet<string> Small =
    [
        "postgres", "postgis/postgis", "pgvector/pgvector", "redis", "valkey/valkey", "rabbitmq", "memcached", "debian", "ubuntu",
    ];

    // Their full variants come with both.
    private static readonly ImmutableHashSet<string> Full = ["python", "node", "ruby", "golang", "pypy"];

    // Made of busybox: wget, and no curl.
    private static readonly ImmutableHashSet<string> Busybox =
        ["alpine", "busybox", "caddy", "traefik", "prom/prometheus", "mher/flower", "edoburu/pgbouncer"];

    // Neither of the two, whatever the tag.
    private static readonly ImmutableHashSet<string> Neither =
        ["qdrant/qdrant", "ollama/ollama", "quay.io/keycloak/keycloak", "keycloak/keycloak"];

    /// <summary>Of curl and wget those that a published image lacks; nothing where it is not known.</summary>
    public static ImmutableArray<string> MissingIn(string reference)
    {
        var image = PinnedImage.Parse(reference);
        var name = KnownImage.Bare(reference);
        var isAlpine = image.Tag.Contains("alpine", StringComparison.Ordinal);
        if (name.StartsWith("gcr.io/distroless/", StringComparison.Ordinal) || Neither.Contains(name)) return [.. Both];
        if (Busybox.Contains(name) || (isAlpine && (Small.Contains(name) || Full.Contains(name) || IsUv(name)))) return ["curl"];
        if (Small.Contains(name)) return [.. Both];
        return image.Tag.Contains("slim", StringComparison.Ordinal) && (Full.Contains(name) || IsUv(name)) ? [.. Both] : [];
    }

    /// <summary>The same of an image that is built: what its base lacks and nothing in the Dockerfile brings.</summary>
    public static ImmutableArray<string> MissingIn(DockerfileFacts file)
    {
        if (file.Base is not { } from || Unreadable().IsMatch(file.Runs)) return [];
        return [.. MissingIn(from).Where(program => !file.Brings.Contains(program, StringComparison.Ordinal))];
    }

    private static bool IsUv(string name) => name == "ghcr.io/astral-sh/uv";

    // What is installed stands in a file or a variable.
    [GeneratedRegex(@"\bxargs\b|\.sh\b|apt-get\s+[^&;|]*install[^&;|]*\$|apk\s+[^&;|]*add[^&;|]*\$")]
    private static partial Regex Unreadable();
}
