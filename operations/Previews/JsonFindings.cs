using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Project;

namespace Infra.Operations.Previews;

/// <summary>Findings for programs; their keys stay as they are.</summary>
public static class JsonFindings
{
    /// <summary>What a check of the stack has found.</summary>
    public static string Write(StackContext stack, int rules, ImmutableArray<Finding> findings) =>
        new JsonObject
        {
            ["stack"] = stack.Name,
            ["name"] = stack.Naming.Name,
            ["services"] = stack.Topology.Services.Length,
            ["rules"] = rules,
            ["errors"] = Count(findings, Severity.Error),
            ["warnings"] = Count(findings, Severity.Warning),
            ["waived"] = Count(findings, Severity.Waived),
            ["findings"] = List(findings.OrderByDescending(finding => finding.Severity)),
        }.ToJsonString(JsonPreview.Readable) + "\n";

    internal static JsonArray List(IEnumerable<Finding> findings) => new([.. findings.Select(Written)]);

    private static int Count(ImmutableArray<Finding> findings, Severity severity) => findings.Count(finding => finding.Severity == severity);

    private static JsonObject Written(Finding finding)
    {
        var written = new JsonObject
        {
            ["rule"] = finding.Rule,
            ["severity"] = finding.Severity.ToString().ToLowerInvariant(),
            ["where"] = finding.Where,
            ["what"] = finding.What,
            ["do"] = finding.Do,
        };
        if (finding.Reason is not null) written["reason"] = finding.Reason;
        return written;
    }
}
