using System.Reflection;
using Infra.Operations.Findings;

namespace Infra.Cli.Verbs;

/// <summary>Writes a report in the format that was asked for.</summary>
internal static class ReportFormat
{
    public static string Write(FindingReport report, string format)
    {
        var folder = Directory.GetCurrentDirectory();
        return format switch
        {
            "json" => JsonReport.Write(report, folder),
            "sarif" => SarifReport.Write(report, RepositoryOf(folder), Version, help: null),
            "markdown" => MarkdownReport.Write(report, folder),
            _ => TextReport.Write(report, folder),
        };
    }

    private static string Version => typeof(ReportFormat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    // The root of the clone: a log's paths are read from there.
    private static string RepositoryOf(string folder)
    {
        for (var up = new DirectoryInfo(folder); up is not null; up = up.Parent)
            if (Path.Exists(Path.Combine(up.FullName, ".git"))) return up.FullName;
        return folder;
    }
}
