using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Components.Monitoring;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>The Prometheus and the Alertmanager of a stack, asked over HTTP.</summary>
internal sealed partial class Watch(int prometheusPort, int alertmanagerPort)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Gives the stack free ports and a quick eye, and rules of its own: those that come along, which fire after a second.</summary>
    public static Watch Prepare(Project project)
    {
        project.Set("monitoring", "intervalSeconds", "1");
        project.Set("monitoring", "rules", "rules");
        Directory.CreateDirectory(project.PathOf("rules"));
        foreach (var (name, text) in MonitoringFiles.Rules) File.WriteAllText(project.PathOf("rules", name), Patience().Replace(text, "for: 1s"));
        project.SetPort("monitoring", "grafana.port");
        return new Watch(project.SetPort("monitoring", "prometheus.port"), project.SetPort("monitoring", "alertmanager.port"));
    }

    /// <summary>Each target's health, by its job.</summary>
    public async Task<SortedDictionary<string, string>> TargetsAsync()
    {
        var answer = await PrometheusAsync("/api/v1/targets?state=active");
        return new SortedDictionary<string, string>(
            answer["activeTargets"]!
                .AsArray()
                .ToDictionary(target => target!["labels"]!["job"]!.GetValue<string>(), target => $"{target!["health"]} {target["lastError"]}".Trim()),
            StringComparer.Ordinal
        );
    }

    /// <summary>The names of all metrics that were ever scraped.</summary>
    public async Task<HashSet<string>> MetricsAsync()
        => [.. (await PrometheusAsync("/api/v1/label/__name__/values")).AsArray().Select(name => name!.GetValue<string>())];

    /// <summary>The values that the expression has now.</summary>
    public async Task<JsonArray> QueryAsync(string expression)
        => (await PrometheusAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}"))["result"]!.AsArray();

    /// <summary>The alerts that have reached Alertmanager and still fire there, as <c>NAME job</c>.</summary>
    public async Task<SortedSet<string>> AlertsAsync()
    {
        var alerts = JsonNode.Parse(await GetAsync(alertmanagerPort, "/api/v2/alerts?active=true&inhibited=true"))!.AsArray();
        return new SortedSet<string>(
            alerts.Select(alert => $"{alert!["labels"]!["alertname"]} {alert["labels"]!["job"]}".Trim()),
            StringComparer.Ordinal
        );
    }

    private async Task<JsonNode> PrometheusAsync(string path)
    {
        var answer = JsonNode.Parse(await GetAsync(prometheusPort, path))!;
        answer["status"]!.GetValue<string>().Should().Be("success", $"{path}: {answer}");
        return answer["data"]!;
    }

    private static async Task<string> GetAsync(int port, string path)
    {
        using var answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}{path}"));
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex(@"for: \d+[mh]")]
    private static partial Regex Patience();
}
