using System.Collections.Immutable;
using Infra.Components.Programs;

namespace Infra.Components.Monitoring;

/// <summary>The alert rules and dashboards that come along, in the folders beside this file.</summary>
public static class MonitoringFiles
{
    /// <summary>The alert rules, by file name.</summary>
    public static ImmutableSortedDictionary<string, string> Rules { get; } = Read("rules/");

    /// <summary>The dashboards, by file name.</summary>
    public static ImmutableSortedDictionary<string, string> Dashboards { get; } = Read("dashboards/");

    private static ImmutableSortedDictionary<string, string> Read(string folder) =>
        Embedded.Folder(typeof(MonitoringFiles).Assembly, folder).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
