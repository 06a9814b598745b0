using System.Collections.Immutable;
using System.Text.Json;

namespace Infra.Stacks.Configuration;

/// <summary>Reads dashboards of the project's own, and notes those that Grafana would leave out with a line in its log.</summary>
internal static class DashboardFiles
{
    public static ImmutableSortedDictionary<string, string> Read(Section monitoring, string key, string sentence)
    {
        var files = monitoring.Folder(key, "*.json", sentence);
        foreach (var (name, text) in files)
            if (Fault(text) is var (reason, action)) monitoring.Report(key, $"'{name}' {reason}", action);
        return files;
    }

    private static (string Reason, string Action)? Fault(string text)
    {
        try
        {
            using var file = JsonDocument.Parse(text);
            if (file.RootElement.ValueKind != JsonValueKind.Object) return ("is not a dashboard.", "Export it again.");
            // From files Grafana takes this form only as a resource, which names its version.
            return file.RootElement.TryGetProperty("elements", out _) && !file.RootElement.TryGetProperty("apiVersion", out _)
                ? ("has Grafana's new form of dashboards, which it does not take from files.", "Export it with the model Classic.")
                : null;
        }
        catch (JsonException error)
        {
            return (FormattableString.Invariant($"is not JSON from line {error.LineNumber + 1} on."), "Export it again.");
        }
    }
}
