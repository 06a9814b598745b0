using System.Globalization;
using System.Text;
using Infra.Model;

namespace Infra.Operations.Findings;

/// <summary>A line for each finding, as compilers write it, so that editors and terminals lead to the place.</summary>
public static class TextReport
{
    /// <summary>The lines, and one that counts.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="folder">The folder that paths are relative to.</param>
    public static string Write(FindingReport report, string folder)
    {
        var text = new StringBuilder();
        foreach (var (finding, places) in report.Findings)
        {
            var first = places[0];
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Shown(first, folder)}:{first.Line}:{first.Column}: {finding with { Where = Where(places, folder) }}\n"
            );
        }

        return text.Append(report.Summary()).Append('\n').ToString();
    }

    /// <summary>The services, each but the first with its line: <c>web, worker (line 12)</c>.</summary>
    internal static string Where(IReadOnlyList<FindingPlace> places, string folder)
    {
        var first = places[0];
        return string.Join(
            ", ",
            places.Select((place, at) =>
                at == 0 || (place.File == first.File && place.Line == first.Line) ? place.Subject
                : place.File == first.File ? FormattableString.Invariant($"{place.Subject} (line {place.Line})")
                : FormattableString.Invariant($"{place.Subject} ({Shown(place, folder)}:{place.Line})")
            ).Distinct()
        );
    }

    internal static string Shown(FindingPlace place, string folder) => Visible.Escape(Path.GetRelativePath(folder, place.File));
}
