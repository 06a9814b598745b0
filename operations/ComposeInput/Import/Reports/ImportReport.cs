using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.ComposeInput.Import.Outcomes;

namespace Infra.Operations.ComposeInput.Import.Reports;

/// <summary>An import as it is told: what became of each key, and what check says of the settings.</summary>
/// <param name="Result">What the files have become.</param>
/// <param name="Findings">What check finds in the settings as they were written.</param>
/// <param name="Problem">Why they cannot be loaded as they are; empty where they can.</param>
public sealed record ImportReport(ImportResult Result, ImmutableArray<Finding> Findings, string Problem = "")
{
    /// <summary>What became of the keys of one service.</summary>
    public IEnumerable<KeyOutcome> Of(ImportedService service, OutcomeKind kind) =>
        Result.Outcomes.Where(outcome => outcome.Kind == kind && outcome.Place == $"services.{service.Name}");

    /// <summary>The same of what stands beside the services.</summary>
    public IEnumerable<KeyOutcome> Beside =>
        Result.Outcomes.Where(outcome => !outcome.Place.StartsWith("services.", StringComparison.Ordinal));

    /// <summary>The errors that check finds, which a person has to decide on.</summary>
    public IEnumerable<Finding> Errors => Findings.Where(finding => finding.Severity == Severity.Error);

    /// <summary>How many decisions are open.</summary>
    public int Decisions => Result.Count(OutcomeKind.Decision) + Errors.Count() + (Problem.Length > 0 ? 1 : 0);

    /// <summary>The last line: how many services and keys.</summary>
    public string Summary => string.Join(
        ", ",
        Counted.Of(Result.Services.Length, "service"),
        $"{Result.Count(OutcomeKind.Carried)} carried",
        $"{Result.Count(OutcomeKind.Improved)} improved",
        $"{Result.Count(OutcomeKind.NotCarried)} not carried",
        Counted.Of(Decisions, "decision")
    ) + ".";

    /// <summary>What is done next.</summary>
    public IEnumerable<string> Next =>
    [
        $"./infra.sh check {Result.Stack}",
        $"./infra.sh preview {Result.Stack}",
        $"./infra.sh up {Result.Stack}",
    ];

    /// <summary>How the secrets reach Pulumi's configuration, where that is to have them.</summary>
    public IEnumerable<string> PulumiCommands => Result.Secrets.Keys.Select(secret =>
        $"pulumi config set --secret infra:{secret} --stack {Result.Stack} < .secrets/{Result.Stack}/{secret}");
}
