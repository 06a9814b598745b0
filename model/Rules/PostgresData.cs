using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Model.Rules;

/// <summary>Where the images made from Postgres' own keep their data: it moved with version 18.</summary>
internal static partial class PostgresData
{
    private const int FirstMajorWithParentMount = 18;
    private const string Parent = "/var/lib/postgresql";
    private const string Child = Parent + "/data";

    /// <summary>The volume's path, where the image keeps nothing in it.</summary>
    public static (int Major, string Mounted, string Right)? WrongMount(ServiceSpec service)
    {
        if (Major(service.Image) is not { } major || service.Environment.ContainsKey("PGDATA")) return null;
        var (right, wrong) = major >= FirstMajorWithParentMount ? (Parent, Child) : (Child, Parent);
        var mounted = service.Mounts.Where(mount => mount is VolumeMount or BindMount).Select(mount => mount.Target.TrimEnd('/')).ToList();
        return mounted.Contains(wrong) && !mounted.Contains(right) ? (major, wrong, right) : null;
    }

    private static int? Major(Image image)
    {
        var pinned = image switch
        {
            PinnedImage published => published,
            BuiltImage { Tag: { } tag } => PinnedImage.Parse(tag),
            _ => null,
        };
        if (pinned is null || !IsPostgres().IsMatch(pinned.Repository)) return null;
        var version = Version().Match(pinned.Tag);
        return version.Success ? int.Parse(version.Groups["major"].ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex("(^|/)(postgres|postgis|pgvector)$")]
    private static partial Regex IsPostgres();

    [GeneratedRegex(@"(^|pg)(?<major>\d{1,3})(?=$|\D)", RegexOptions.RightToLeft)]
    private static partial Regex Version();
}
