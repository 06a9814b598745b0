using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Infra.Targets.Compose;

/// <summary>Makes YAML nodes that read as a person would have written them.</summary>
internal static partial class Yaml
{
    /// <summary>The key whose value's entries a mapping takes over.</summary>
    public const string Merge = "<<";

    private static readonly HashSet<string> Reserved =
        new(StringComparer.OrdinalIgnoreCase) { "true", "false", "yes", "no", "on", "off", "y", "n", "null", "~", "", ".inf", ".nan" };

    /// <summary>A text, quoted where YAML would read something else, its dollars doubled: Compose interpolates every value.</summary>
    public static YamlScalarNode Text(string text) => Literal(text.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>A plain scalar, such as a size or a duration: never quoted.</summary>
    public static YamlScalarNode Word(string word) => new(word) { Style = ScalarStyle.Plain };

    public static YamlScalarNode Number(long number) => Word(number.ToString(CultureInfo.InvariantCulture));

    public static YamlScalarNode Quoted(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };

    public static YamlScalarNode Yes { get; } = Word("true");

    public static YamlScalarNode No { get; } = Word("false");

    /// <summary>Texts on one line: <c>["celery", "beat"]</c>; nothing when there are none.</summary>
    public static YamlSequenceNode? Flow(IEnumerable<string> texts)
        => List(texts.Select(text => InFlow(text.Replace("$", "$$", StringComparison.Ordinal))), SequenceStyle.Flow);

    /// <summary>Items one below the other; nothing when there are none.</summary>
    public static YamlSequenceNode? List(IEnumerable<YamlNode> items, SequenceStyle style = SequenceStyle.Block)
    {
        var list = new YamlSequenceNode(items) { Style = style };
        return list.Children.Count == 0 ? null : list;
    }

    /// <summary>A mapping without the entries that have no value.</summary>
    public static YamlMappingNode Map(params IEnumerable<(string Key, YamlNode? Value)> entries)
    {
        var map = new YamlMappingNode();
        foreach (var (key, value) in entries)
            if (value is not null) map.Add(key == Merge ? Word(key) : Literal(key), value);
        return map;
    }

    /// <summary>The same mapping, or nothing when it is empty.</summary>
    public static YamlMappingNode? OrNothing(this YamlMappingNode map) => map.Children.Count == 0 ? null : map;

    /// <summary>The mapping whose anchor others refer to.</summary>
    public static YamlMappingNode Anchored(this YamlMappingNode map, string anchor)
    {
        map.Anchor = anchor;
        return map;
    }

    /// <summary>Whether the two would be written alike.</summary>
    public static bool Same(YamlNode left, YamlNode right) => ReferenceEquals(left, right) || left.Equals(right);

    private static YamlScalarNode Literal(string text) => new(text) { Style = StyleOf(text) };

    private static ScalarStyle StyleOf(string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal) && Block().IsMatch(text)) return ScalarStyle.Literal;
        return Plain().IsMatch(text) && !Reserved.Contains(text) ? ScalarStyle.Plain : Quotes(text);
    }

    private static ScalarStyle Quotes(string text) => text.Contains('"', StringComparison.Ordinal) && SingleQuotable().IsMatch(text)
        ? ScalarStyle.SingleQuoted
        : ScalarStyle.DoubleQuoted;

    private static YamlScalarNode InFlow(string text) => new(text) { Style = Quotes(text) };

    [GeneratedRegex(@"\A(?:[A-Za-z_/]|\.(?=[A-Za-z/.]))(?:[A-Za-z0-9_/.@+=,%$()-]|:(?=[^\s])| (?=[A-Za-z0-9_/.]))*\z")]
    private static partial Regex Plain();

    // A block keeps neither a blank beginning nor blanks at the end of a line.
    [GeneratedRegex(@"\A[!-~](?:[ -~]*[!-~]|)(?:\n(?:[ -~]*[!-~])?)*\z")]
    private static partial Regex Block();

    [GeneratedRegex(@"\A[ -&(-~]*\z")]
    private static partial Regex SingleQuotable();
}
