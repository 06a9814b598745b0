using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Tests.Offline;
using Json.Schema;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Infra.Tests.Support;

/// <summary>The schema by which editors check a stack's file.</summary>
internal static class SettingsSchemaFile
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Repository.PathOf("docs", "settings.schema.json")));

    // Numbers and truth values as editors read them.
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    /// <summary>What an editor would underline; nothing where the file is valid.</summary>
    public static string Problems(string yaml)
    {
        var instance = Json(Yaml.Deserialize<object?>(Parser(yaml.TrimStart('\ufeff'))));
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

    // It takes '<<' for a merge wherever it stands, even as a value.
    private static IParser Parser(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        return yaml.Contains("<<:", StringComparison.Ordinal) ? new MergingParser(parser) : parser;
    }

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(entry => KeyValuePair.Create($"{entry.Key}", Json(entry.Value)))),
        IEnumerable<object> list => new JsonArray([.. list.Select(Json)]),
        _ => JsonSerializer.SerializeToNode(value),
    };
}
