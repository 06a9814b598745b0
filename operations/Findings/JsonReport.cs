using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Model;

namespace Infra.Operations.Findings;

/// <summary>Findings with their places, for programs; the keys stay as they are.</summary>
public static class JsonReport
{
    internal static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The report as one object.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="folder">The folder that paths are relative to.</param>
    public static string Write(FindingReport report, string folder) =>
        new JsonObject
        {
            ["files"] = new JsonArray([.. report.Names.Select(name => (JsonNode)name)]),
            ["services"] = report.Services,
            ["rules"] = report.Rules.Length,
            ["errors"] = report.Count(Severity.Error),
            ["warnings"] = report.Count(Severity.Warning),
            ["waived"] = report.Count(Severity.Waived),
            ["findings"] = new JsonArray([.. report.Findings.Select(finding => Written(finding, folder))]),
        }.ToJsonString(Readable) + "\n";

    private static JsonObject Written(PlacedFinding placed, string folder)
    {
        var (finding, places) = placed;
        var written = new JsonObject
        {
            ["rule"] = finding.Rule,
            ["severity"] = finding.Severity.ToString().ToLowerInvariant(),
            ["where"] = finding.Where,
            ["what"] = finding.What,
            ["do"] = finding.Do,
            ["file"] = Path.GetRelativePath(folder, places[0].File),
            ["line"] = places[0].Line,
            ["column"] = places[0].Column,
            ["places"] = new JsonArray([
                .. places.Select(place => new JsonObject
                {
                    ["service"] = place.Subject,
                    ["file"] = Path.GetRelativePath(folder, place.File),
                    ["line"] = place.Line,
                    ["column"] = place.Column,
                }),
            ]),
        };
        if (finding.Reason is not null) written["reason"] = finding.Reason;
        return written;
    }
}
