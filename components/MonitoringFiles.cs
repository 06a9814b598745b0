using System.Collections.Immutable;

namespace Infra.Components;

/// <summary>The alert rules and dashboards that come along: <c>components/monitoring/</c>.</summary>
public static class MonitoringFiles
{
    /// <summary>The alert rules, by file name.</summary>
    public static ImmutableSortedDictionary<string, string> Rules { get; } = Read("rules/");

    /// <summary>The dashboards, by file name.</summary>
    public static ImmutableSortedDictionary<string, string> Dashboards { get; } = Read("dashboards/");

    internal static string ReadOne(string name)
    {
        using var reader = new StreamReader(typeof(MonitoringFiles).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static ImmutableSortedDictionary<string, string> Read(string folder) => typeof(MonitoringFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
        .ToImmutableSortedDictionary(name => name[folder.Length..], ReadOne, StringComparer.Ordinal);
}
