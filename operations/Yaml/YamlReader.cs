using System.Collections.Immutable;
using Infra.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Infra.Operations.Yaml;

/// <summary>
/// Reads one YAML document event by event, so that neither its depth nor what its anchors refer to can be more than what a
/// settings file needs: YamlDotNet's own trees end in the stack's overflow or never.
/// </summary>
internal sealed class YamlReader
{
    private const string Merge = "<<";
    private const string TextTag = "tag:yaml.org,2002:str";
    private const string BinaryTag = "tag:yaml.org,2002:binary";
    private const string OwnTags = "tag:yaml.org,2002:";

    private readonly Parser parser;
    private readonly Dictionary<string, YamlValue?> anchors = new(StringComparer.Ordinal);
    private readonly YamlLimits limits;
    private int values;

    private YamlReader(string text, YamlLimits limits) => (parser, this.limits) = (new Parser(new StringReader(text)), limits);

    /// <summary>A document of settings; nothing when the text has none.</summary>
    /// <exception cref="YamlFault">It is not YAML, or more than is read.</exception>
    public static YamlValue? Read(string text) => Read(text, YamlLimits.Settings);

    /// <summary>The document; nothing when the text has none.</summary>
    /// <exception cref="YamlFault">It is not YAML, or more than is read.</exception>
    public static YamlValue? Read(string text, YamlLimits limits)
    {
        var reader = new YamlReader(text, limits);
        try
        {
            return reader.Document();
        }
        // It names the beginning of what precedes the tab.
        catch (YamlException error) when (error.Message.Contains("tab", StringComparison.Ordinal) && Tab(text, error.Start.Line) is { } tab)
        {
            throw new YamlFault(tab.Line, tab.Column, "There is a tab here, and YAML is indented with spaces only.", "Write spaces.");
        }
        catch (YamlException error)
        {
            throw NotYaml(
                error.Start.Line > 1 || error.Start.Column > 1 ? error.Start : reader.Reached(),
                error.InnerException?.Message ?? error.Message
            );
        }
        // What the parser throws of itself where a text breaks its own assumptions.
        catch (Exception error)
            when (error
                    is InvalidOperationException
                        or ArgumentException
                        or NullReferenceException
                        or IndexOutOfRangeException
                        or FormatException
                        or OverflowException
            )
        {
            throw NotYaml(reader.Reached(), "nothing here can be understood");
        }
    }

    // The first one in the indentation of a line, from that line on.
    private static (int Line, int Column)? Tab(string text, long from) =>
        text.Split('\n')
            .Select((line, at) => (Line: at + 1, Column: line[..^line.TrimStart().Length].IndexOf('\t') + 1))
            .Where(tab => tab.Line >= from && tab.Column > 0)
            .Select(tab => ((int, int)?)tab)
            .FirstOrDefault();

    private static YamlFault NotYaml(Mark at, string reason)
        => new((int)at.Line, (int)at.Column, $"This is not YAML: {reason.TrimEnd('.', ' ')}.", "Fix the line, or the one before it.");

    private Mark Reached() => parser.Current?.End ?? Mark.Empty;

    private YamlValue? Document()
    {
        Take<StreamStart>();
        if (parser.Accept<StreamEnd>(out _)) return null;
        Take<DocumentStart>();
        var document = Value(0);
        Take<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            throw Fault(second, "A second document begins here, and it is ignored.", "Put it into a file of its own, or drop the '---'.");
        return document;
    }

    private YamlValue Value(int level)
    {
        var start = Taken();
        if (start is AnchorAlias alias) return Counted(start, level, Referred(alias));
        if (level > limits.Levels) throw Fault(start, $"This is more than {limits.Levels} levels deep.", "No setting is: take levels out.");
        if (++values > limits.Values) throw TooMany(start);
        if (!limits.AnyTag && start is NodeEvent tagged && TagOf(tagged) is { } tag && !tag.StartsWith(OwnTags, StringComparison.Ordinal))
            throw Fault(start, $"The tag '{Visible.Beginning(tag)}' has no meaning in settings.", "Drop it.");
        if (!limits.AnyTag && start is NodeEvent encoded && TagOf(encoded) == BinaryTag)
            throw Fault(start, "The tag '!!binary' is decoded by Pulumi, and no setting is bytes.", "Write the text itself.");
        var anchor = start is NodeEvent { Anchor.IsEmpty: false } node ? node.Anchor.Value : null;
        if (anchor is not null) anchors[anchor] = null;
        YamlValue value = start switch
        {
            Scalar scalar => Scalar(scalar),
            SequenceStart => List(start, level),
            MappingStart => Map(start, level),
            _ => throw NotYaml(start.Start, "a value is missing here"),
        };
        if (anchor is not null) anchors[anchor] = value;
        return value;
    }

    private static YamlScalar Scalar(Scalar scalar) => new((int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Value,
        IsPlain: scalar.Style == ScalarStyle.Plain && TagOf(scalar) != TextTag);

    private static string? TagOf(NodeEvent node) => node.Tag is { IsEmpty: false, IsNonSpecific: false } tag ? tag.Value : null;

    private YamlList List(ParsingEvent start, int level)
    {
        var items = ImmutableArray.CreateBuilder<YamlValue>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Value(level + 1));
        return new YamlList((int)start.Start.Line, (int)start.Start.Column, items.ToImmutable());
    }

    private YamlMap Map(ParsingEvent start, int level)
    {
        var entries = new List<YamlEntry>();
        var merged = new List<YamlMap>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Value(level + 1) as YamlScalar ?? throw Fault(start, "A key of this map is not a text.", "Write a text before each ':'.");
            var value = Value(level + 1);
            if (key is { IsPlain: true, Text: Merge }) merged.AddRange(Merged(key, value));
            else if (keys.Add(key.Text)) entries.Add(new YamlEntry(key, value));
            else throw new YamlFault(key.Line, key.Column, $"The key '{Visible.Beginning(key.Text)}' is there twice.", "Drop one of the two.");
        }

        // A key of the map's own goes before a merged one, and an earlier map before a later.
        entries.AddRange(merged.SelectMany(map => map.Entries).Where(entry => keys.Add(entry.Key.Text)));
        return new YamlMap((int)start.Start.Line, (int)start.Start.Column, [.. entries]);
    }

    private static IEnumerable<YamlMap> Merged(YamlScalar key, YamlValue value) =>
        value switch
        {
            YamlMap map => [map],
            YamlList list when list.Items.All(item => item is YamlMap) => list.Items.Cast<YamlMap>(),
            _ => throw new YamlFault(
                key.Line,
                key.Column,
                $"'{Merge}' takes in a map, and this is none.",
                "Write the alias of a map behind it, such as *usual, or a list of them."
            ),
        };

    private YamlValue Referred(AnchorAlias alias) =>
        anchors.TryGetValue(alias.Value.Value, out var value)
            ? value
                ?? throw Fault(
                    alias,
                    $"'*{Visible.Beginning(alias.Value.Value)}' refers to itself: it is inside the value that it refers to.",
                    "Write out what is meant here."
                )
            : throw Fault(
                alias,
                $"'*{Visible.Beginning(alias.Value.Value)}' refers to nothing above it.",
                $"Write '&{Visible.Beginning(alias.Value.Value)}' before the value that it refers to, or put it in quotes if it is a text."
            );

    private YamlValue Counted(ParsingEvent at, int level, YamlValue value)
    {
        if (level + value.Depth > limits.Levels + 1)
            throw Fault(at, $"This is more than {limits.Levels} levels deep.", "No setting is: take levels out.");
        values += value.Count;
        return values > limits.Values ? throw TooMany(at) : value;
    }

    private YamlFault TooMany(ParsingEvent at) =>
        Fault(at, $"Here the file comes to more than {limits.Values} values.", "No stack has as many settings: take out what is none.");

    private static YamlFault Fault(ParsingEvent at, string what, string action) => new((int)at.Start.Line, (int)at.Start.Column, what, action);

    // The parser is at the next event.
    private ParsingEvent Taken()
    {
        var taken = parser.Current ?? throw NotYaml(Reached(), "the text ends too early");
        parser.MoveNext();
        return taken;
    }

    private void Take<T>() where T : ParsingEvent
    {
        if (!parser.TryConsume<T>(out _)) throw NotYaml(parser.Current?.Start ?? Mark.Empty, "something else was expected here");
    }
}
