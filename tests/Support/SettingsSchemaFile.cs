using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Tests.Offline;
using Json.Schema;
using YamlDotNet.Serialization;

namespace Infra.Tests.Support;

/// <summary>The schema by which editors check a stack's file.</summary>
internal static class SettingsSchemaFile
{
    private const string Merge = "<<";

    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Repository.PathOf("docs", "settings.schema.json")));

    // Numbers and truth values as editors read them.
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    /// <summary>What an editor would underline; nothing where the file is valid.</summary>
    public static string Problems(string yaml)
    {
        var instance = Json(Yaml.Deserialize<object?>(yaml.TrimStart('\ufeff')));
        var results = Schema.Evaluate(instance, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? ""
            : string.Join(
                '\n',
                results
                    .Details.Where(detail => detail.HasErrors)
                    .SelectMany(detail => detail.Errors!.Values.Select(error => $"{detail.InstanceLocation}: {error}"))
                    .DefaultIfEmpty("not valid")
            );
    }

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(
            Merged(map).DistinctBy(entry => $"{entry.Key}").Select(entry => KeyValuePair.Create($"{entry.Key}", Json(entry.Value)))
        ),
        IEnumerable<object> list => new JsonArray([.. list.Select(Json)]),
        _ => JsonSerializer.SerializeToNode(value),
    };

    // Its own keys, and then those of the maps that it merges. YamlDotNet's own way takes '<<' for a merge wherever it stands, even as a value.
    private static IEnumerable<KeyValuePair<object, object>> Merged(IDictionary<object, object> map) =>
    [
        .. map.Where(entry => entry.Key is not Merge),
        .. (map.TryGetValue(Merge, out var merged) ? merged as IEnumerable<object> ?? [merged] : [])
            .OfType<IDictionary<object, object>>().SelectMany(Merged),
    ];
}
