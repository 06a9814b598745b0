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
    private readonly Dictionary<string, SourceLine> places = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>The place of a path of keys (<c>services</c>, <c>web</c>, <c>ports</c>), or of as much of it as is there.</summary>
    public SourceLine? Find(params ReadOnlySpan<string> path)
    {
        for (var length = path.Length; length > 0; length--)
            if (places.TryGetValue(Key(path[..length]), out var place)) return place;
        return null;
    }

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
        foreach (var included in Included(document)) Add(Path.GetFullPath(included, Path.GetDirectoryName(file)!));
        foreach (var section in document.Entries)
            if (section.Value is YamlMap entries) Add(file, entries, [section.Key.Text], depth: 4);
        // What its own file says goes before what it extends.
        if (document.Find("services") is YamlMap services)
            foreach (var service in services.Entries) Extend(file, service);
    }

    private void Add(string file, YamlMap map, ImmutableArray<string> path, int depth)
    {
        foreach (var (key, value) in map.Entries)
        {
            ImmutableArray<string> here = [.. path, key.Text];
            places[Key(here.AsSpan())] = new SourceLine(file, key.Line, key.Column);
            if (depth == 0) continue;
            if (value is YamlMap inner) Add(file, inner, here, depth - 1);
            if (value is not YamlList list) continue;
            // NAME=value in a list is what NAME: value is in a map.
            foreach (var item in list.Items.OfType<YamlScalar>())
                places.TryAdd(Key([.. here, item.Text.Split('=')[0]]), new SourceLine(file, item.Line, item.Column));
        }
    }

    private void Extend(string file, YamlEntry service)
    {
        if ((service.Value as YamlMap)?.Find("extends") is not YamlMap extends) return;
        if (extends.Find("service") is not YamlScalar { Text: var name }) return;
        var from = extends.Find("file") is YamlScalar { Text: var other } ? Path.GetFullPath(other, Path.GetDirectoryName(file)!) : file;
        if ((Load(from)?.Find("services") as YamlMap)?.Find(name) is not YamlMap keys) return;
        var extended = new SourceLines();
        extended.Add(from, keys, ["services", service.Key.Text], depth: 3);
        foreach (var (key, place) in extended.places) places.TryAdd(key, place);
    }

    private static YamlMap? Load(string file)
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
