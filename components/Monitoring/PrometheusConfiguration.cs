using System.Collections.Immutable;
using System.Text;
using Infra.Model;

namespace Infra.Components.Monitoring;

/// <summary>Prometheus' configuration, generated from what it watches.</summary>
/// <param name="Self">What it is called among its own targets.</param>
/// <param name="Port">The port that it listens on.</param>
/// <param name="Interval">The pause between two scrapes, and between two looks at the rules.</param>
internal sealed record PrometheusConfiguration(string Self, int Port, TimeSpan Interval)
{
    /// <summary>Where alerts go; nowhere when unset.</summary>
    public Endpoint? Alertmanager { get; init; }

    /// <summary>The services that it asks; those without metrics are passed over.</summary>
    public ImmutableArray<ServiceSpec> Scrapes { get; init; } = [];

    /// <summary>What else it asks.</summary>
    public ImmutableArray<ScrapeTarget> Targets { get; init; } = [];

    /// <summary>The file.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"""
            global:
              scrape_interval: {Interval.TotalSeconds}s
              evaluation_interval: {Interval.TotalSeconds}s
            rule_files:
              - {ServiceFile.ConfigsDirectory}/rules/*.yaml

            """));
        if (Alertmanager is { } alerts)
            text.Append(FormattableString.Invariant($"""
                alerting:
                  alertmanagers:
                    - static_configs:
                        - targets: ["{alerts.Host}:{alerts.Port}"]

                """));
        text.Append("scrape_configs:\n");
        Append(text, new ScrapeTarget(Self, "localhost", Port, "/metrics"));
        foreach (var service in Scrapes)
            foreach (var metrics in service.Metrics)
                Append(text, new ScrapeTarget(Job(service, metrics), service.Name, metrics.Port, metrics.Path), service.IsScalable());
        foreach (var target in Targets) Append(text, target);
        return text.ToString();
    }

    /// <summary>
    /// The alert for services that are asked by the addresses of their containers: one of which none runs has no address, and is not asked.
    /// Nothing where there are no such services.
    /// </summary>
    public string? Rules()
    {
        var jobs = Scrapes.Where(service => service.IsScalable()).SelectMany(service => service.Metrics.Select(metrics => Job(service, metrics)));
        var rules = string.Concat(jobs.Select(job => $$$"""
                  - alert: ServiceDown
                    expr: absent(up{job="{{{job}}}"})
                    for: 1m
                    labels: { severity: critical }
                    annotations:
                      summary: "No container of {{{job}}} runs."
                      action: "Look at its state and its log: ./infra.sh status and ./infra.sh logs."

            """));
        return rules.Length == 0 ? null : "groups:\n  - name: addresses\n    rules:\n" + rules;
    }

    private static string Job(ServiceSpec service, MetricsEndpoint metrics) => metrics.Part is { } part ? $"{service.Name}-{part}" : service.Name;

    private void Append(StringBuilder text, ScrapeTarget target, bool isScalable = false)
    {
        var (path, query) = target.Path.Split('?', 2) is [var before, var after] ? (before, after) : (target.Path, null);
        text.Append(FormattableString.Invariant($"""
              - job_name: {target.Job}
                metrics_path: {SecretForms.Quoted(path)}

            """));
        if (query is not null) AppendParameters(text, query);
        text.Append(
            isScalable
                // Each of its containers by its address, as the engine's name server tells them: more of them change nothing here.
                ? FormattableString.Invariant($"""
                    dns_sd_configs:
                      - names: [{target.Host}]
                        type: A
                        port: {target.Port}
                        refresh_interval: {Interval.TotalSeconds}s

                """)
                : FormattableString.Invariant($"""
                    static_configs:
                      - targets: ["{target.Host}:{target.Port}"]

                """)
        );
    }

    private static string Key(string text) =>
        text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_') ? text : SecretForms.Quoted(text);

    // A path with its query in one would be escaped.
    private static void AppendParameters(StringBuilder text, string query)
    {
        text.Append("    params:\n");
        foreach (
            var parameter in query.Split('&').Select(pair => pair.Split('=', 2)).GroupBy(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "")
        )
            text.Append(FormattableString.Invariant($"      {Key(parameter.Key)}: [{string.Join(", ", parameter.Select(SecretForms.Quoted))}]\n"));
    }
}
