using System.Text.Json.Nodes;
using Json.Schema;

namespace Infra.Tests.ComposeInput;

/// <summary>The schema of SARIF 2.1.0 as Microsoft's Sarif.Sdk ships it.</summary>
internal static class SarifSchema
{
    private static readonly Lazy<JsonSchema> Schema = new(() =>
        JsonSchema.FromText(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schemata", "sarif-2.1.0.json"))));

    /// <summary>Where the log is not what the schema says; nothing where it is valid.</summary>
    public static string Problems(string log)
    {
        var results = Schema.Value.Evaluate(JsonNode.Parse(log), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? ""
            : string.Join(
                '\n',
                results.Details.Where(detail => detail.HasErrors)
                    .SelectMany(detail => detail.Errors!.Values.Select(error => $"{detail.InstanceLocation}: {error}"))
                    .DefaultIfEmpty("not valid")
            );
    }
}
