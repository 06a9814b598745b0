using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Components.Monitoring;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests.Support;

/// <summary>The alert rules and dashboards that come along, read.</summary>
internal static class WatchFiles
{
    public sealed record Alert(string File, string Name, string Expression, string Severity, ImmutableDictionary<string, string> Annotations);

    public static ImmutableArray<Alert> Alerts { get; } =
    [
        .. from file in MonitoringFiles.Rules
           from YamlMappingNode yaml in Groups(file.Value)
           from YamlMappingNode rule in (YamlSequenceNode)yaml["rules"]
           select new Alert(file.Key, rule["alert"].ToString(), rule["expr"].ToString(), rule["labels"]["severity"].ToString(),
               ((YamlMappingNode)rule["annotations"]).ToImmutableDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString())),
    ];

    public static ImmutableSortedDictionary<string, JsonNode> Dashboards { get; } =
        MonitoringFiles.Dashboards.ToImmutableSortedDictionary(file => file.Key, file => JsonNode.Parse(file.Value)!, StringComparer.Ordinal);

    /// <summary>Every query of every dashboard, as Grafana sends it.</summary>
    public static ImmutableArray<(string Where, string Expression)> Queries { get; } =
    [
        .. from dashboard in Dashboards
        from panel in dashboard.Value["panels"]!.AsArray()
        from target in panel!["targets"]!.AsArray()
        select (
            $"{dashboard.Key}: {panel["title"]}",
            target!["expr"]!.GetValue<string>().Replace("$__rate_interval", "1m", StringComparison.Ordinal)
        ),
    ];

    private static YamlSequenceNode Groups(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return (YamlSequenceNode)yaml.Documents[0].RootNode["groups"];
    }
}
