using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Operations.Loading;

/// <summary>Commands that name a module of the sample application's, which are the defaults, where another application is built.</summary>
internal static class SampleModules
{
    private const string Package = "shop";
    private const int MostFolders = 3;
    private static readonly EnumerationOptions Search = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = MostFolders,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private static readonly ImmutableArray<(string Module, string Setting)> Defaults =
    [
        ("shop.main:app", "infra:web.command"),
        ("shop.celery_app", "infra:app.celery"),
    ];

    /// <summary>A warning for each.</summary>
    public static IEnumerable<Finding> Find(ReviewedStack stack) =>
        Finding.Merge(
            from service in stack.Topology.Services
            where service.Image is BuiltImage image && service.IsApplication()
            let context = ((BuiltImage)service.Image).Context
            let folder = stack.Workspace.Absolute(context)
            from found in Defaults
            where service.Command.Contains(found.Module) && Directory.Exists(folder) && !HasPackage(folder)
            select new Finding(
                "FILES",
                Severity.Warning,
                service.Name,
                $"It runs '{found.Module}', and no '{Package}' is in '{context}'.",
                $"Name your application's own in {found.Setting}."
            )
        );

    private static bool HasPackage(string context)
        => Directory.EnumerateDirectories(context, Package, Search).Any() || Directory.EnumerateFiles(context, Package + ".py", Search).Any();
}
