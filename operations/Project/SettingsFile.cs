using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Operations.Foundation;
using Infra.Operations.Yaml;
using Infra.Stacks.Configuration;

namespace Infra.Operations.Project;

/// <summary>Reads Pulumi's own files without Pulumi: positions are kept for messages, encrypted values are left alone.</summary>
public static class SettingsFile
{
    private const string Prefix = SettingsSource.Namespace + ":";

    /// <summary>The project's name, from <c>Pulumi.yaml</c>.</summary>
    public static string ProjectName(string path)
        => Load(path)?.Find("name") is YamlScalar { IsNull: false, Text: { Length: > 0 } name }
            ? name
            : throw UserErrorException.BadInput($"{Path.GetFileName(path)}: It has no 'name'. Give the project one, such as 'name: shop'.");

    /// <summary>The settings of our namespace in a stack's file.</summary>
    public static SettingsSource Read(string path)
    {
        var config = Config(path);
        var values = new JsonObject();
        var encrypted = new HashSet<string>(StringComparer.Ordinal);
        var notes = new Notes();
        foreach (var (key, value) in config.Where(entry => entry.Key.Text.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var name = key.Text[Prefix.Length..];
            notes.Remember(name, key);
            if (IsEncrypted(value)) encrypted.Add(name);
            else values[name] = Convert(value, name, notes);
        }

        return new SettingsSource(Path.GetFileName(path), values, encrypted, notes.Positions)
        {
            Root = Path.GetDirectoryName(path)!,
            Doubtful = notes.Doubtful,
            Strays = [.. config.Select(entry => entry.Key.Text).Where(key => !key.Contains(':', StringComparison.Ordinal))],
        };
    }

    private static ImmutableArray<YamlEntry> Config(string path) =>
        Load(path)?.Find("config") switch
        {
            null or YamlScalar { IsNull: true } => [],
            YamlMap map => map.Entries,
            var other => throw UserErrorException.BadInput(
                FormattableString.Invariant($"{Path.GetFileName(path)}:{other.Line}:{other.Column}: 'config' is not a map of keys to values. ")
                    + "Write 'infra:environment: dev' below it, indented."
            ),
        };

    private static YamlMap? Load(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            return YamlReader.Read(TextFile.Read(path)) switch
            {
                null or YamlScalar { IsNull: true } => null,
                YamlMap map => map,
                var other => throw UserErrorException.BadInput(FormattableString.Invariant(
                    $"{name}:{other.Line}:{other.Column}: This is not a map of keys to values. Begin with 'config:'.")),
            };
        }
        catch (TextFileException error)
        {
            throw UserErrorException.BadInput(
                error.Line == 0 ? $"{name}: {error.Message}" : FormattableString.Invariant($"{name}:{error.Line}:{error.Column}: {error.Message}")
            );
        }
        catch (YamlFault fault)
        {
            throw UserErrorException.BadInput(FormattableString.Invariant($"{name}:{fault.Line}:{fault.Column}: {fault.Message}"));
        }
    }

    private static bool IsEncrypted(YamlValue value) => value is YamlMap { Entries: [{ Key.Text: "secure" }] };

    private static JsonNode? Convert(YamlValue value, string path, Notes notes)
    {
        switch (value)
        {
            case YamlMap map:
                var values = new JsonObject();
                foreach (var (key, inner) in map.Entries)
                {
                    notes.Remember($"{path}.{key.Text}", key);
                    values[key.Text] = Convert(inner, $"{path}.{key.Text}", notes);
                }

                return values;
            case YamlList list:
                return new JsonArray([.. list.Items.Select((item, at) => Item(item, FormattableString.Invariant($"{path}[{at}]"), notes))]);
            case YamlScalar { IsNull: true }:
                return null;
            default:
                var scalar = (YamlScalar)value;
                if (scalar.IsPlain && PlainScalar.IsReformatted(scalar.Text)) notes.Doubtful.Add(path);
                return JsonValue.Create(scalar.Text);
        }
    }

    private static JsonNode? Item(YamlValue value, string path, Notes notes)
    {
        notes.Remember(path, value);
        return Convert(value, path, notes);
    }

    private sealed class Notes
    {
        public Dictionary<string, (int, int)> Positions { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Doubtful { get; } = new(StringComparer.Ordinal);

        public void Remember(string path, YamlValue value) => Positions[path] = (value.Line, value.Column);
    }
}
