using Infra.Model;

namespace Infra.Targets;

/// <summary>The names of the images that are built from Debian's packages (<c>images/</c>).</summary>
public static class DebianTag
{
    /// <summary>The family that is noted on a volume that one of them wrote: <c>debian/postgres:17</c>.</summary>
    public const string Family = "debian/";

    /// <summary>The suite of the images that all others start from.</summary>
    public const string Suite = "trixie";

    private const string Prefix = "infra-debian/";

    /// <summary>The base of all of them.</summary>
    public static string Base { get; } = For("base", Suite);

    /// <summary>The name of an image: <c>infra-debian/postgres:17</c>.</summary>
    public static string For(string name, string version) => $"{Prefix}{name}:{version}";

    /// <summary>The image's name in its family, <c>postgres:17</c>; nothing where it is another.</summary>
    public static string? Name(Image image)
        => image is BuiltImage { Tag: { } tag } && tag.StartsWith(Prefix, StringComparison.Ordinal) ? tag[Prefix.Length..] : null;
}
