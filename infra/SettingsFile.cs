using System.Text.Json.Nodes;
using Infra.Cli;
using Infra.Stacks.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Infra;

/// <summary>Reads Pulumi's own files without Pulumi: positions are kept for messages, encrypted values are left alone.</summary>
public static class SettingsFile
{
    private const string Prefix = SettingsSource.Namespace + ":";

    /// <summary>The project's name, from <c>Pulumi.yaml</c>.</summary>
    public static string ProjectName(string path)
    {
        var root = Load(path);
        return root is not null && root.Children.TryGetValue("name", out var name) && name is YamlScalarNode { Value: { Length: > 0 } value }
            ? value
            : throw CliException.Bad($"{Path.GetFileName(path)}: It has no 'name'. Give the project one, such as 'name: shop'.");
    }

    /// <summary>The settings of our namespace in a stack's file.</summary>
    public static SettingsSource Read(string path)
    {
        var values = new JsonObject();
        var encrypted = new HashSet<string>(StringComparer.Ordinal);
        var positions = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        var doubtful = new HashSet<string>(StringComparer.Ordinal);
        var strays = new List<string>();
        if (Load(path) is { } root && root.Children.TryGetValue("config", out var config) && config is YamlMappingNode map)
        {
            foreach (var (keyNode, node) in map.Children)
            {
                if (keyNode is not YamlScalarNode { Value: { } key }) continue;
                if (!key.Contains(':', StringComparison.Ordinal)) strays.Add(key);
                if (!key.StartsWith(Prefix, StringComparison.Ordinal)) continue;
                var name = key[Prefix.Length..];
                Remember(positions, name, keyNode);
                if (IsEncrypted(node)) encrypted.Add(name);
                else values[name] = Convert(node, name, positions, doubtful);
            }
        }

        foreach (var name in encrypted) values.Remove(name);
        return new SettingsSource(Path.GetFileName(path), values, encrypted, positions) { Root = Path.GetDirectoryName(path)!, Doubtful = doubtful, Strays = [.. strays] };
    }

    private static YamlMappingNode? Load(string path)
    {
        try
        {
            using var reader = File.OpenText(path);
            var stream = new YamlStream();
            stream.Load(reader);
            if (stream.Documents.Count == 0) return null;
            return stream.Documents[0].RootNode as YamlMappingNode
                ?? throw CliException.Bad($"{Path.GetFileName(path)}:1:1: This is not a map of keys to values. Begin with 'config:'.");
        }
        catch (YamlException error)
        {
            throw CliException.Bad(FormattableString.Invariant(
                $"{Path.GetFileName(path)}:{error.Start.Line}:{error.Start.Column}: This is not YAML: {Sentence(error.InnerException?.Message ?? error.Message)} Mend the line, or the one before it."));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CliException.Bad($"{Path.GetFileName(path)}: It cannot be read: {Sentence(error.Message)} Check that it is there and yours to read.");
        }
    }

    private static string Sentence(string message) => message.TrimEnd('.', ' ') + ".";

    private static bool IsEncrypted(YamlNode node) => node is YamlMappingNode { Children.Count: 1 } map && map.Children.ContainsKey("secure");

    private static JsonNode? Convert(YamlNode node, string path, Dictionary<string, (int, int)> positions, HashSet<string> doubtful)
    {
        switch (node)
        {
            case YamlMappingNode map:
                var values = new JsonObject();
                foreach (var (key, value) in map.Children)
                {
                    var inner = $"{path}.{key}";
                    Remember(positions, inner, key);
                    values[key.ToString()] = Convert(value, inner, positions, doubtful);
                }

                return values;
            case YamlSequenceNode list:
                return new JsonArray([.. list.Children.Select((item, at) => Convert(item, FormattableString.Invariant($"{path}[{at}]"), positions, doubtful))]);
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" }:
                return null;
            default:
                var scalar = (YamlScalarNode)node;
                if (scalar is { Style: ScalarStyle.Plain, Value: { } text } && PlainScalar.IsSpelledAnew(text))
                {
                    doubtful.Add(path);
                    positions.TryAdd(path, ((int)node.Start.Line, (int)node.Start.Column));
                }

                return JsonValue.Create(scalar.Value ?? "");
        }
    }

    private static void Remember(Dictionary<string, (int, int)> positions, string path, YamlNode node)
        => positions[path] = ((int)node.Start.Line, (int)node.Start.Column);
}
