using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Documents;

/// <summary>Writes the JSON Schema of a stack's file, <c>Pulumi.STACK.yaml</c>, for editors: ours and what Pulumi itself has there.</summary>
public static class SettingsSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema, in the draft 2020-12.</summary>
    public static string Write()
    {
        var settings = SettingsParser.Declared(EnvironmentKind.Prod);
        var config = Section(settings, "", SettingsSource.Namespace + ":");
        // Other namespaces are not ours; what is left of ours are secrets, which have no fixed list.
        config["patternProperties"] = new JsonObject { [$"^(?!{SettingsSource.Namespace}:)"] = true };
        config["additionalProperties"] = Secret();
        config["required"] = new JsonArray($"{SettingsSource.Namespace}:environment");
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Settings of a stack",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["config"] = config,
                ["environment"] = Described("Pulumi ESC environments whose values come along."),
                ["encryptionsalt"] = Described("Pulumi's own: the salt of the passphrase.", "string"),
                ["encryptedkey"] = Described("Pulumi's own: the encrypted key of the secrets provider.", "string"),
                ["secretsprovider"] = Described("Pulumi's own: what encrypts secrets.", "string"),
            },
            ["required"] = new JsonArray("config"),
            ["additionalProperties"] = false,
            ["$defs"] = Definitions(settings),
        };
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Section(ImmutableArray<Setting> settings, string path, string prefix = "")
    {
        var properties = new JsonObject();
        foreach (var setting in settings.Where(setting => Parent(setting.Path) == path)) properties[prefix + setting.Key] = Value(settings, setting);
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static JsonObject Value(ImmutableArray<Setting> settings, Setting setting)
    {
        var value = setting switch
        {
            { Kind: { } kind } => kind.Schema(),
            { IsMapOfKinds: true } => Kinds(settings, setting.Path),
            { Names: { } names } => Map(Section(settings, $"{setting.Path}.{names}"), setting.ShortKey is not null),
            _ => Section(settings, setting.Path),
        };
        var schema = Unset(value);
        schema["description"] = setting.Usual is null ? setting.Sentence : $"{setting.Sentence} (default: {setting.Usual})";
        return schema;
    }

    private static JsonObject Map(JsonObject entry, bool isShort) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = Unset(
            isShort ? new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, entry) } : entry
        ),
    };

    // A service has the keys of its kind; one that is called after a kind need not say it, and those of a system cannot.
    private static JsonObject Kinds(ImmutableArray<Setting> settings, string path)
    {
        var kinds = KindsOf(settings, path);
        var properties = new JsonObject();
        var known = kinds.Select(name => (Name: name, Kind: name)).Concat(OfSystems).Distinct().ToLookup(each => each.Name, each => each.Kind);
        foreach (var each in known)
            properties[each.Key] = Choice([.. each.Select(Kind), .. kinds.Except(each).Select(Saying)]);
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = Choice([.. kinds.Select(Saying)]),
        };
    }

    private static IEnumerable<(string Name, string Kind)> OfSystems =>
        Enum.GetValues<SystemKind>().SelectMany(system => SystemServices.Of(system)).Select(service => (service.Name, service.Kind));

    private static JsonObject Choice(JsonArray choices) => Unset(new JsonObject { ["anyOf"] = choices });

    private static JsonObject Definitions(ImmutableArray<Setting> settings)
    {
        var definitions = new JsonObject();
        foreach (var map in settings.Where(setting => setting.IsMapOfKinds))
            foreach (var name in KindsOf(settings, map.Path))
            {
                var section = Section(settings, $"{map.Path}.{name}");
                section["title"] = name;
                section["properties"]!["kind"] = new JsonObject { ["const"] = name };
                definitions[name] = section;
            }

        return definitions;
    }

    private static string[] KindsOf(ImmutableArray<Setting> settings, string path)
        => [.. settings.Where(setting => setting.Kind is null && Parent(setting.Path) == path).Select(setting => setting.Key)];

    private static JsonObject Kind(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private static JsonObject Saying(string name) => new() { ["$ref"] = $"#/$defs/{name}", ["required"] = new JsonArray("kind") };

    // A key without a value is not set.
    private static JsonObject Unset(JsonObject value) => new() { ["anyOf"] = new JsonArray(value, new JsonObject { ["type"] = "null" }) };

    private static JsonObject Secret() => new()
    {
        ["description"] = "A secret, as 'pulumi config set --secret' writes it.",
        ["type"] = "object",
        ["properties"] = new JsonObject { ["secure"] = new JsonObject { ["type"] = "string" } },
        ["required"] = new JsonArray("secure"),
        ["additionalProperties"] = false,
    };

    private static JsonObject Described(string sentence, string? type = null)
    {
        var schema = new JsonObject { ["description"] = sentence };
        if (type is not null) schema["type"] = type;
        return schema;
    }

    private static string Parent(string path) => path.LastIndexOf('.') is var dot and >= 0 ? path[..dot] : "";
}
