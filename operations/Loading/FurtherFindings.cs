using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Pulumi;

namespace Infra.Operations.Loading;

/// <summary>What the rules say of settings that cannot be used as they are, so that everything can be fixed in one round.</summary>
public static class FurtherFindings
{
    // Whatever is built from infra:app.
    private static readonly string[] OfApplication = ["web", "worker", "beat", "flower", "appprocess", "migrations", "celerymetrics"];

    /// <summary>The errors beside those of the settings, about services whose own settings are understood.</summary>
    public static async Task<ImmutableArray<Finding>> OfAsync(SettingsException error)
    {
        if (error is not { Understood: { } settings, Read: { } source }) return [];
        try
        {
            var topology = await StackFactory.GatherAsync(settings);
            var doubtful = Doubtful(error, topology);
            return
            [
                .. StackReview
                    .Find(new ReviewedStack(new Workspace(source.Root), settings, source, topology), ReviewPoints.BadSettings)
                    .Where(finding => finding.Severity == Severity.Error && !finding.Where.Split(", ").Any(doubtful.Contains)),
            ];
        }
        // A component that cannot be constructed says so once the settings are fixed.
        catch (RunException)
        {
            return [];
        }
    }

    // A default replaces what was not understood, so findings on that are not the user's.
    private static HashSet<string> Doubtful(SettingsException error, Topology topology)
    {
        var sections = error.Sections.SelectMany(section => section == "app" ? OfApplication : [section]).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. error.Services,
            .. topology
                .Services.Where(service => sections.Contains(service.Kind[(service.Kind.LastIndexOf(':') + 1)..].ToLowerInvariant()))
                .Select(service => service.Name),
        ];
    }
}
