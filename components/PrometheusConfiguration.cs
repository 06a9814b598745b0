using System.Text;
using Infra.Model;

namespace Infra.Components;

/// <summary>Prometheus' configuration, generated from what it watches.</summary>
internal static class PrometheusConfiguration
{
    public static string Write(string name, PrometheusArgs args)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"""
            global:
              scrape_interval: {args.Interval.TotalSeconds}s
              evaluation_interval: {args.Interval.TotalSeconds}s
            rule_files:
              - {ServiceFile.ConfigsDirectory}/rules/*.yaml

            """));
        if (args.Alertmanager?.Endpoint is { } alerts)
            text.Append(FormattableString.Invariant($"""
                alerting:
                  alertmanagers:
                    - static_configs:
                        - targets: ["{alerts.Host}:{alerts.Port}"]

                """));
        text.Append("scrape_configs:\n");
        Append(text, name, $"localhost:{Prometheus.Port}", "/metrics");
        foreach (var service in args.Scrapes)
            foreach (var metrics in service.Metrics)
                Append(
                    text,
                    metrics.Part is { } part ? $"{service.Name}-{part}" : service.Name,
                    FormattableString.Invariant($"{service.Name}:{metrics.Port}"),
                    metrics.Path
                );
        foreach (var target in args.Targets)
            Append(text, target.Job, FormattableString.Invariant($"{target.Host}:{target.Port}"), target.Path);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string job, string target, string path)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal);
        text.Append(FormattableString.Invariant($"""
              - job_name: {job}
                metrics_path: {SecretForms.Quoted(query < 0 ? path : path[..query])}

            """));
        if (query >= 0) AppendParameters(text, path[(query + 1)..]);
        text.Append(FormattableString.Invariant($"""
                static_configs:
                  - targets: ["{target}"]

            """));
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
