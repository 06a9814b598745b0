using System.Collections.Immutable;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Rules;
using Infra.Operations.ComposeInput.Waiving;
using Infra.Operations.Engine;
using Infra.Operations.Findings;
using Infra.Operations.Foundation;

namespace Infra.Operations.ComposeInput;

/// <summary>Checks applications of Compose files: reads them, holds them to the rules, and takes off what is waived.</summary>
public static class ComposeCheck
{
    /// <summary>What is found in all of them.</summary>
    /// <param name="shell">Starts Compose.</param>
    /// <param name="sources">The applications.</param>
    /// <param name="waivers">The file of waivers, as a whole path; the one beside each application's first file when unset.</param>
    /// <param name="folder">The folder that names are relative to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserErrorException">Compose's client is missing, or does not accept files; all that it does not are named.</exception>
    public static async Task<FindingReport> RunAsync(
        IShell shell,
        ImmutableArray<ComposeSource> sources,
        string? waivers,
        string folder,
        CancellationToken cancellationToken = default
    )
    {
        var (findings, services, faults) = (ImmutableArray.CreateBuilder<PlacedFinding>(), 0, new List<string>());
        foreach (var source in sources)
            try
            {
                var application = await ComposeReader.ReadAsync(shell, source, cancellationToken);
                services += application.Services.Length;
                findings.AddRange(ComposeWaivers.Read(application, waivers).Apply(ComposeReview.Run(application)));
            }
            catch (UserErrorException fault) when (sources.Length > 1)
            {
                faults.Add(fault.Message);
            }

        if (faults.Count > 0) throw UserErrorException.BadInput(faults.Distinct());
        return new FindingReport(
            [.. sources.SelectMany(source => source.Files).Select(file => Path.GetRelativePath(folder, file))],
            services,
            ComposeRules.All,
            PlacedFinding.Merge(findings)
        );
    }
}
