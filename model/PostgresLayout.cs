using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Model;

/// <summary>
/// What an image made from Postgres' own shows of itself, and where such images keep their data: it moved with version 18
/// (docker-library/postgres#1259). In the model for a rule's sake: a volume in the other folder keeps nothing, whoever wrote the spec.
/// </summary>
public static partial class PostgresLayout
{
    /// <summary>The oldest major version that an image is taken for.</summary>
    public const int OldestMajor = 9;

    /// <summary>The newest one.</summary>
    public const int NewestMajor = 99;

    /// <summary>The folder whose volume keeps the data from 18 on, which lie in a folder per version below it.</summary>
    public const string Parent = "/var/lib/postgresql";

    /// <summary>The folder of the data up to 17; a volume at its parent would keep nothing.</summary>
    public const string Child = Parent + "/data";

    private const int FirstMajorInParent = 18;

    /// <summary>The folder to mount a volume at.</summary>
    public static string Folder(int major) => major >= FirstMajorInParent ? Parent : Child;

    /// <summary>The same for an image; nothing where it is not known as one of Postgres, or does not show its major version.</summary>
    public static string? Folder(Image image) => IsKnown(image) && Major(image) is { } major ? Folder(major) : null;

    /// <summary>
    /// Postgres' major version in such an image, as it was set or as the tag shows it: 18 for <c>18.6-alpine</c>, <c>pg18</c>,
    /// <c>0.8.1-pg18</c>, <c>18-3.6</c>; nothing for <c>latest</c>.
    /// </summary>
    public static int? Major(Image image)
    {
        if (image is PinnedImage { Major: { } said }) return said;
        return Published(image) is { } published && Version().Match(published.Tag) is { Success: true } version
            && int.Parse(version.Groups["major"].ValueSpan, CultureInfo.InvariantCulture) is >= OldestMajor and var major ? major : null;
    }

    /// <summary>
    /// Whose C library sorts the texts in its indexes: <c>alpine</c>, or <c>debian</c>, which is what a tag that names neither means;
    /// nothing for a digest alone.
    /// </summary>
    public static string? Variant(PinnedImage image)
        => image.Tag.Length == 0 ? null : image.Tag.Contains("alpine", StringComparison.Ordinal) ? "alpine" : "debian";

    private static bool IsKnown(Image image) => Published(image) is { } published && Name().IsMatch(published.Repository);

    private static PinnedImage? Published(Image image) => image switch
    {
        PinnedImage published => published,
        BuiltImage { Tag: { } tag } => PinnedImage.Parse(tag),
        _ => null,
    };

    [GeneratedRegex("(^|/)(postgres|postgis|pgvector|timescaledb)$")]
    private static partial Regex Name();

    // The last one: an extension's own version may come first.
    [GeneratedRegex(@"(^|pg)(?<major>\d{1,2})(?=$|[._-]|alpha|beta|rc)", RegexOptions.RightToLeft)]
    private static partial Regex Version();
}
