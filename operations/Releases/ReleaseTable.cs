using System.Globalization;
using Spectre.Console;

namespace Infra.Operations.Releases;

/// <summary>Writes releases as a table.</summary>
public static class ReleaseTable
{
    public static void Write(IEnumerable<(Release Release, bool IsRunning)> releases, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("release", "deployed", "commit", "by", "");
        foreach (var (release, isRunning) in releases)
            table.AddRow(
                release.Number.ToString(CultureInfo.InvariantCulture),
                release.When,
                Markup.Escape(release.CommitText),
                Markup.Escape(release.By),
                isRunning ? "[green]runs[/]" : ""
            );
        console.Write(table);
    }
}
