using System.Text.RegularExpressions;

namespace Infra.Model.Rules;

/// <summary>
/// The same program must start the same software next month. A digest makes any tag exact; without one a tag must have at
/// least a major and a minor version, a date or a commit.
/// </summary>
internal static partial class PinnedImages
{
    public static Rule Rule { get; } = new("PINNED-IMAGE", Severity.Error, "Every image has an exact version", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
        from service in topology.Services
        where service.Image is PinnedImage { Digest: null } pinned && !IsExact(pinned.Tag)
        let image = (PinnedImage)service.Image
        select Rule.Error(service.Name,
            $"the tag of '{image.Reference}' moves: another day it is another image.",
            "Name an exact version, at least major.minor, or add a digest.");

    /// <summary>Whether the tag names one version, not whichever is the newest.</summary>
    public static bool IsExact(string tag) => DateOrCommit().IsMatch(tag) || (Version().IsMatch(tag) && !Moving().IsMatch(tag));

    [GeneratedRegex(@"\d{4}-?\d{2}-?\d{2}|(^|-)(?=[0-9a-f]*\d)[0-9a-f]{7,40}$")]
    private static partial Regex DateOrCommit();

    // 15-3.3 is how an extension's image names the product's version and its own.
    [GeneratedRegex(@"^(v|pg|version-|release-|\d+-)?\d+\.\d+|\d+\.\d+\.\d+", RegexOptions.IgnoreCase)]
    private static partial Regex Version();

    [GeneratedRegex(@"(^|-)(latest|stable|unstable|main|master|edge|nightly|canary|dev|develop|snapshot|rolling|next)($|-)", RegexOptions.IgnoreCase)]
    private static partial Regex Moving();
}
