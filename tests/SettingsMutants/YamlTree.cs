using System.Text.Encodings.Web;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests.SettingsMutants;

/// <summary>A YAML value that can be changed to what no serializer would write: keys that are there twice, scalars as they stand in a file.</summary>
internal abstract class YamlTree
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same again, which shares nothing with it.</summary>
    public abstract YamlTree Copy();

    /// <summary>Its text behind a key, at that indentation.</summary>
    public abstract string Text(int indent);

    /// <summary>A text between quotes.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);

    /// <summary>What a text of YAML has as its only document.</summary>
    public static YamlTree Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return From(stream.Documents.Single().RootNode);
    }

    private static YamlTree From(YamlNode node) => node switch
    {
        YamlMappingNode map => new TreeMap([.. map.Children.Select(pair => (Raw((YamlScalarNode)pair.Key), From(pair.Value)))]),
        YamlSequenceNode list => new TreeList([.. list.Children.Select(From)]),
        _ => new TreeText(Raw((YamlScalarNode)node)),
    };

    private static string Raw(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain ? scalar.Value ?? "" : Quoted(scalar.Value ?? "");
}

/// <summary>A scalar, as it is written.</summary>
internal sealed class TreeText(string raw) : YamlTree
{
    public string Raw { get; } = raw;

    public override YamlTree Copy() => new TreeText(Raw);

    public override string Text(int indent) => $" {Raw.Replace("\n", "\n" + new string(' ', indent + 2), StringComparison.Ordinal)}\n";
}

/// <summary>A list.</summary>
internal sealed class TreeList(List<YamlTree> items) : YamlTree
{
    public List<YamlTree> Items { get; } = items;

    public override YamlTree Copy() => new TreeList([.. Items.Select(item => item.Copy())]);

    public override string Text(int indent) => Items.Count == 0
        ? " []\n"
        : "\n" + string.Concat(Items.Select(item => $"{new string(' ', indent)}-{item.Text(indent + 2)}"));
}

/// <summary>A map whose keys are written as they are, and may be there twice.</summary>
internal sealed class TreeMap(List<(string Key, YamlTree Value)> entries) : YamlTree
{
    public List<(string Key, YamlTree Value)> Entries { get; } = entries;

    public YamlTree? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key).Value;

    public override YamlTree Copy() => new TreeMap([.. Entries.Select(entry => (entry.Key, entry.Value.Copy()))]);

    public override string Text(int indent) => Entries.Count == 0 ? " {}\n" : "\n" + Lines(indent);

    /// <summary>Its text as a document of its own.</summary>
    public override string ToString() => Lines(0);

    private string Lines(int indent)
        => string.Concat(Entries.Select(entry => $"{new string(' ', indent)}{entry.Key}:{entry.Value.Text(indent + 2)}"));
}
