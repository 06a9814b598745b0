using System.Text.Json.Nodes;
using Infra.Operations.ComposeInput.Import.Outcomes;
using Infra.Operations.Previews;

namespace Infra.Operations.ComposeInput.Import.Reports;

/// <summary>An import for programs.</summary>
public static class JsonReport
{
    /// <summary>The text.</summary>
    public static string Write(ImportReport report) => new JsonObject
    {
        ["stack"] = report.Result.Stack,
        ["summary"] = new JsonObject
        {
            ["services"] = report.Result.Services.Length,
            ["carried"] = report.Result.Count(OutcomeKind.Carried),
            ["improved"] = report.Result.Count(OutcomeKind.Improved),
            ["notCarried"] = report.Result.Count(OutcomeKind.NotCarried),
            ["decisions"] = report.Decisions,
        },
        ["services"] = new JsonArray([.. report.Result.Services.Select(service => new JsonObject
        {
            ["name"] = service.Name,
            ["settingsName"] = service.SettingsName,
            ["kind"] = service.Kind,
        })]),
        ["keys"] = new JsonArray([.. report.Result.Outcomes.Select(outcome => new JsonObject
        {
            ["place"] = outcome.Place,
            ["key"] = outcome.Key,
            ["outcome"] = Word(outcome.Kind),
            ["was"] = outcome.Was,
            ["is"] = outcome.Is,
            ["then"] = outcome.Then,
        })]),
        ["problem"] = report.Problem,
        ["findings"] = new JsonArray([.. report.Findings.Select(finding => new JsonObject
        {
            ["rule"] = finding.Rule,
            ["severity"] = finding.Severity.ToString().ToLowerInvariant(),
            ["where"] = finding.Where,
            ["what"] = finding.What,
            ["then"] = finding.Do,
        })]),
        ["secrets"] = new JsonArray([.. report.Result.Secrets.Keys.Select(name => JsonValue.Create(name))]),
        ["next"] = new JsonArray([.. report.Next.Select(command => JsonValue.Create(command))]),
    }.ToJsonString(JsonPreview.Readable) + "\n";

    private static string Word(OutcomeKind kind) => kind == OutcomeKind.NotCarried ? "notCarried" : kind.ToString().ToLowerInvariant();
}
