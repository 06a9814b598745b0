using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.ComposeInput.Advising;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Review;
using Infra.Operations.ComposeInput.Rules;
using Infra.Operations.Findings;

namespace Infra.Operations.ComposeInput;

/// <summary>Holds somebody else's Compose files to the rules.</summary>
public static class ComposeReview
{
    /// <summary>Whether it is known what Compose calls what a rule over topologies found, or that it makes no sense there.</summary>
    public static bool Knows(Finding finding) => AdviceTable.Knows(finding.Rule, finding.Aspect);

    /// <summary>All findings, in the order in which they stand in the files.</summary>
    public static ImmutableArray<PlacedFinding> Run(ComposeApplication application)
    {
        var reviewed = new ReviewedApplication(application);
        var files = application.Lines.Files.ToList();
        return
        [
            .. ModelFindings.Find(reviewed).Concat(ComposeRules.List.SelectMany(rule => rule.Check(reviewed)))
                .Select(finding => (finding with { Finding = finding.Finding with { Aspect = "" } }).In(application))
                .Concat(DockerfilePlaces.Find(reviewed))
                .OrderBy(finding => Order(files, finding.Places[0].File))
                .ThenBy(finding => finding.Places[0].File, StringComparer.Ordinal).ThenBy(finding => finding.Places[0].Line)
                .ThenByDescending(finding => finding.Finding.Severity),
        ];
    }

    // Dockerfiles come after the files that name them.
    private static int Order(List<string> files, string file) => files.IndexOf(file) is var place && place >= 0 ? place : files.Count;
}
