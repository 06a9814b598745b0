using System.Collections.Immutable;
using Infra.Operations.Yaml;

namespace Infra.Operations.ComposeInput.Reading;

/// <summary>
/// Where the keys of services stand in Compose files. Compose's canonical form has lost that: what the last file says of a key is where
/// it stands, and what a file includes or extends is looked into, too, as far as its path has no variable.
/// </summary>
public sealed class SourceLines
{
    private const int MostFiles = 200;

    // What the long form of a port or a mount says in the order of the short one.
    private static readonly string[] Ends = ["host_ip", "published", "source", "path", "target"];

    private readonly Dictionary<string, SourceLine> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SourceItem>> items = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<string> files = [];
    private readonly Dictionary<string, YamlMap?> loaded = new(StringComparer.Ordinal);

    /// <summary>The place of a path of keys (<c>services</c>, <c>web</c>, <c>ports</c>), or of as much of it as is there.</summary>
    public SourceLine? Find(params ReadOnlySpan<string> path)
    {
        for (var length = path.Length; length > 0; length--)
            if (places.TryGetValue(Key(path[..length]), out var place)) return place;
        return null;
    }

    /// <summary>The place of exactly this path; nothing where no file has it.</summary>
    public SourceLine? At(params ReadOnlySpan<string> path) => places.GetValueOrDefault(Key(path));

    /// <summary>What a file says at a path, before Compose fills in variables; nothing where it is no text, or nowhere.</summary>
    public string? Text(params ReadOnlySpan<string> path) => texts.GetValueOrDefault(Key(path));

    /// <summary>The members of a list, of all files.</summary>
    public IReadOnlyList<SourceItem> Items(params ReadOnlySpan<string> path) => items.GetValueOrDefault(Key(path)) ?? [];

    /// <summary>Every file that was looked into, in that order, as whole paths.</summary>
    public IEnumerable<string> Files => files;

    /// <summary>The lines of these files, in the order in which they are merged.</summary>
    public static SourceLines Read(IEnumerable<string> files)
    {
        var lines = new SourceLines();
        foreach (var file in files) lines.Add(file);
        return lines;
    }

    private void Add(string file)
    {
        if (seen.Count >= MostFiles || !seen.Add(file) || Load(file) is not { } document) return;
        if (!files.Contains(file)) files.Add(file);
        foreach (var included in Included(document)) Add(Path.GetFullPath(included, Path.GetDirectoryName(file)!));
        Add(file, document, [], depth: 5);
        // What its own file says goes before what it extends.
        if (document.Find("services") is YamlMap services)
            foreach (var service in services.Entries) Extend(file, service);
    }

    private void Add(string file, YamlMap map, ImmutableArray<string> path, int depth)
    {
        foreach (var (key, value) in map.Entries)
        {
            ImmutableArray<string> here = [.. path, key.Text];
            var name = Key(here.AsSpan());
            // A service begins where it is said first; what the last file says of a key of it holds.
            if (here.Length > 2 || !places.ContainsKey(name)) places[name] = new SourceLine(file, key.Line, key.Column);
            if (value is YamlScalar { IsNull: false } text) texts[name] = text.Text;
            if (depth == 0) continue;
            if (value is YamlMap inner) Add(file, inner, here, depth - 1);
            if (value is YamlList list) Add(file, list, name);
        }
    }

    private void Add(string file, YamlList list, string path)
    {
        if (!items.TryGetValue(path, out var known)) items[path] = known = [];
        foreach (var item in list.Items)
        {
            var place = new SourceLine(file, item.Line, item.Column);
            if (item is YamlMap map) known.Add(new SourceItem(ShortForm(map), place));
            if (item is not YamlScalar scalar) continue;
            known.Add(new SourceItem(scalar.Text, place));
            // NAME=value in a list is what NAME: value is in a map.
            var parts = scalar.Text.Split('=', 2);
            places.TryAdd($"{path}\n{parts[0]}", place);
            if (parts.Length > 1) texts.TryAdd($"{path}\n{parts[0]}", parts[1]);
        }
    }

    private static string ShortForm(YamlMap map) => string.Join(':', Ends.Select(map.Find).OfType<YamlScalar>().Select(end => end.Text));

    private void Extend(string file, YamlEntry service)
    {
        if ((service.Value as YamlMap)?.Find("extends") is not YamlMap extends) return;
        if (extends.Find("service") is not YamlScalar { Text: var name }) return;
        var from = extends.Find("file") is YamlScalar { Text: var other } ? Path.GetFullPath(other, Path.GetDirectoryName(file)!) : file;
        if ((Load(from)?.Find("services") as YamlMap)?.Find(name) is not YamlMap keys) return;
        SourceLines extended = new();
        extended.Add(from, keys, ["services", service.Key.Text], depth: 3);
        foreach (var (key, place) in extended.places) places.TryAdd(key, place);
        foreach (var (key, text) in extended.texts) texts.TryAdd(key, text);
        foreach (var (key, list) in extended.items) items.TryAdd(key, list);
        if (!files.Contains(from)) files.Add(from);
    }

    private YamlMap? Load(string file) => loaded.TryGetValue(file, out var document) ? document : loaded[file] = Parse(file);

    private static YamlMap? Parse(string file)
    {
        try
        {
            return File.Exists(file) ? YamlReader.Read(File.ReadAllText(file), YamlLimits.Compose) as YamlMap : null;
        }
        // Compose itself has accepted it: then nothing is known but the file.
        catch (Exception error) when (error is YamlFault or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Included(YamlMap document) =>
        (document.Find("include") as YamlList)?.Items.SelectMany(item => item switch
        {
            YamlScalar scalar => [scalar.Text],
            YamlMap map => Texts(map.Find("path")),
            _ => Array.Empty<string>(),
        }) ?? [];

    private static string[] Texts(YamlValue? value) => value switch
    {
        YamlScalar scalar => [scalar.Text],
        YamlList list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Text)],
        _ => [],
    };

    private static string Key(ReadOnlySpan<string> path) => string.Join('\n', path!);
}
