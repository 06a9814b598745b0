using System.Collections.Immutable;
using Infra.Model;
using Infra.Model.Rules;

namespace Infra.Operations.Findings;

/// <summary>A finding and where in somebody's files it is.</summary>
/// <param name="Finding">What is found.</param>
/// <param name="Places">Where: of each service that it names, in that order; one at least.</param>
public sealed record PlacedFinding(Finding Finding, ImmutableArray<FindingPlace> Places)
{
    /// <summary>The findings that differ in their place alone as one, in the order of their first places.</summary>
    public static ImmutableArray<PlacedFinding> Merge(IEnumerable<PlacedFinding> findings) =>
    [
        // Of waivers each is one.
        .. findings.GroupBy(each => each.Finding.Rule == Waivers.Rule ? each.Finding : each.Finding with { Where = "" }).Select(group =>
            {
                ImmutableArray<FindingPlace> places =
                [
                    .. group.SelectMany(each => each.Places).Distinct().GroupBy(place => place.File)
                        .SelectMany(file => file.OrderBy(place => place.Line)),
                ];
                var names = string.Join(", ", places.Select(place => place.Subject).Distinct());
                return new PlacedFinding(group.Key with { Where = names }, places);
            }),
    ];
}

/// <summary>A place in a file.</summary>
/// <param name="Subject">The service that it is about.</param>
/// <param name="File">The file's whole path.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record FindingPlace(string Subject, string File, int Line, int Column);
