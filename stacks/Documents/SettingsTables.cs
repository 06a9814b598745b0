using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Documents;

/// <summary>
/// Writes the tables of a page of settings: each is between <c>&lt;!-- settings PATH --&gt;</c> and <c>&lt;!-- end --&gt;</c>, the one of
/// the stacks between <c>&lt;!-- stacks --&gt;</c> and the same end. What is around them is written by hand.
/// </summary>
public static partial class SettingsTables
{
    /// <summary>The page with its tables as the settings are declared.</summary>
    /// <exception cref="ArgumentException">It has a table of a section that there is none of, or none of one that there is.</exception>
    public static string Fill(string page)
    {
        var (dev, prod) = (SettingsParser.Declared(EnvironmentKind.Dev), SettingsParser.Declared(EnvironmentKind.Prod));
        var written = new HashSet<string>(StringComparer.Ordinal);
        var filled = Table()
            .Replace(
                page,
                match =>
                {
                    var path = match.Groups["path"].Value;
                    written.Add(path);
                    return $"{match.Groups["begin"].Value}\n"
                        + $"{(match.Groups["what"].Value == "stacks" ? Stacks(prod) : Rows(dev, prod, path))}{match.Groups["end"].Value}";
                }
            );
        var missing = prod.Where(setting => setting.Kind is null && !setting.Path.Contains('.', StringComparison.Ordinal))
            .Select(setting => setting.Path)
            .Append("")
            .Concat(ServiceTables.Paths(prod))
            .Except(written)
            .ToArray();
        return missing.Length == 0
            ? filled
            : throw new ArgumentException(
                $"The page has no table of {string.Join(", ", missing)}. Write <!-- settings {missing[0]} --> and <!-- end --> where it belongs."
            );
    }

    private static string Rows(ImmutableArray<Setting> dev, ImmutableArray<Setting> prod, string path)
    {
        var rows = new StringBuilder("| key | value | default | what it sets |\n| --- | --- | --- | --- |\n");
        var ofSection = prod.Where(setting => IsOf(setting, path)).Select(setting => (Key(setting, path), setting));
        foreach (var (key, setting) in ServiceTables.Of(prod, path) ?? ofSection)
        {
            var usual = Default(dev.First(other => other.Path == setting.Path), setting);
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{key}` | {setting.Kind?.Name} | {usual} | {setting.Sentence} |\n");
        }

        return rows.ToString();
    }

    private static string Key(Setting setting, string path) => path.Length == 0 ? setting.Path : setting.Path[(path.Length + 1)..];

    // A page's first table has what stands in no section.
    private static bool IsOf(Setting setting, string path) => path.Length == 0
        ? setting.Kind is not null && !setting.Path.Contains('.', StringComparison.Ordinal)
        : setting.Path.StartsWith(path + ".", StringComparison.Ordinal);

    private static string Default(Setting dev, Setting prod) => (dev.Kind, dev.Usual, prod.Usual) switch
    {
        (null, _, _) => "",
        (_, var here, var there) when here != there => $"{here ?? "none"} in dev, {there ?? "none"} in prod",
        (_, null, _) => "none",
        (_, var both, _) => both,
    };

    private static string Stacks(ImmutableArray<Setting> settings)
    {
        var rows = new StringBuilder("| setting | taken by |\n| --- | --- |\n");
        foreach (
            var group in settings
                .Where(setting => setting.IsNarrowed)
                .GroupBy(setting => setting.Stacks)
                .OrderByDescending(group => int.PopCount((int)group.Key))
        )
            rows.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"| {string.Join(", ", group.Select(setting => $"`{setting.Path}`"))} | {Takers(group.Key)} |\n"
            );
        return rows.ToString();
    }

    private static string Takers(StackKinds stacks)
    {
        var (names, others) = (stacks.Names(), (StackKinds.All & ~stacks).Names());
        return others.Length < names.Length ? $"all but {List(others)}" : List(names);
    }

    private static string List(ImmutableArray<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    [GeneratedRegex(@"(?<begin><!-- (?<what>settings|stacks) ?(?<path>[A-Za-z.]*) ?-->)\n.*?(?<end><!-- end -->)", RegexOptions.Singleline)]
    private static partial Regex Table();
}
