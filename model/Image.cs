using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Model;

/// <summary>What a container is started from.</summary>
public abstract record Image;

/// <summary>A third-party image, by exact tag and, once written by the command <c>pin</c>, digest.</summary>
/// <param name="Repository">Where it lives: <c>postgres</c>, <c>ghcr.io/acme/shop</c>.</param>
/// <param name="Tag">The version's tag; empty where a digest stands alone.</param>
/// <param name="Digest"><c>sha256:…</c>, when known.</param>
public sealed partial record PinnedImage(string Repository, string Tag, string? Digest = null) : Image
{
    /// <summary>The major version of what is in it, where the tag does not show it.</summary>
    public int? Major { get; init; }

    /// <summary><c>repository[:tag][@digest]</c>.</summary>
    public string Reference => Digest is null ? Name : $"{Name}@{Digest}";

    /// <summary>The same with a mark in the digest's place.</summary>
    public string ShortReference => Digest is null ? Name : Name + "@…";

    private string Name => Tag.Length == 0 ? Repository : $"{Repository}:{Tag}";

    /// <summary>Whether an engine takes it for an image's name.</summary>
    public static bool IsReference(string text) => Grammar().IsMatch(text);

    /// <summary>Whether an engine takes it for such a name without a tag.</summary>
    public static bool IsRepository(string text) =>
        !text.Contains(':', StringComparison.Ordinal) && !text.Contains('@', StringComparison.Ordinal) && IsReference(text);

    /// <summary>
    /// Whether a name begins with its registry (<c>ghcr.io/acme/shop:1</c>), as engines tell a registry's host from a folder of the default
    /// one.
    /// </summary>
    public static bool HasRegistry(string reference) =>
        reference.Split('/') is [var host, _, ..]
        && (host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal) || host == "localhost");

    // The grammar of references: [host[:port]/]path[:tag][@digest], the host's letters of any case where it is plainly a host.
    [GeneratedRegex(
        @"\A(((?=[^/]*[.:])[A-Za-z0-9]+([.-]+[A-Za-z0-9]+)*(:[0-9]{1,5})?|localhost(:[0-9]{1,5})?)/)?"
            + @"(?!.{256})[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*"
            + @"(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@[a-z0-9]+:[0-9a-f]{2,128})?\z"
    )]
    private static partial Regex Grammar();

    /// <summary>
    /// Reads <c>repository[:tag][@digest]</c>.
    /// A missing tag is <c>latest</c>, as engines read it, unless there is a digest.
    /// </summary>
    public static PinnedImage Parse(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        var (name, digest) = at < 0 ? (reference, null) : (reference[..at], reference[(at + 1)..]);
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/')
            ? new PinnedImage(name[..colon], name[(colon + 1)..], digest)
            : new PinnedImage(name, digest is null ? "latest" : "", digest);
    }

    /// <inheritdoc/>
    public override string ToString() => Reference;
}

/// <summary>An image that is built here, once, and shared by name. Paths are relative to the project's root.</summary>
/// <param name="Name">What the build is called: <c>app</c>.</param>
/// <param name="Context">The folder that is sent to the builder.</param>
public sealed record BuiltImage(string Name, string Context) : Image
{
    /// <summary>The Dockerfile, relative to the context. Defaults to <c>Dockerfile</c>.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    /// <summary>The Dockerfile for places without a registry, relative to the context; none when it cannot be built there.</summary>
    public string? DebianDockerfile { get; init; }

    /// <summary>The stage to build; the last one when unset.</summary>
    public string? Target { get; init; }

    /// <summary>Build arguments.</summary>
    public ImmutableSortedDictionary<string, string> Args { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Platforms to build for (<c>linux/amd64</c>); the engine's own when empty.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    /// <summary>Images whose layers may be reused (<c>--cache-from</c>).</summary>
    public ImmutableArray<string> CacheFrom { get; init; } = [];

    /// <summary>Images in a registry that take this build's layers for the next one (<c>--cache-to</c>).</summary>
    public ImmutableArray<string> CacheTo { get; init; } = [];

    /// <summary>Whether the result goes to the registry that its tag names. Defaults to no.</summary>
    public bool Push { get; init; }

    /// <summary>The network that build steps see (<c>host</c>), the builder's default when unset.</summary>
    public string? Network { get; init; }

    /// <summary>The full name and tag of the result; <c>{prefix}{name}:latest</c> of the stack when unset.</summary>
    public string? Tag { get; init; }

    /// <summary>The Dockerfile, relative to the project's root.</summary>
    public string DockerfilePath => $"{Context}/{Dockerfile}";

    /// <summary>Another image of ours that must be there first, because the Dockerfile starts from it.</summary>
    public BuiltImage? Base { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"build of {DockerfilePath}";
}
