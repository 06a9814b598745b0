using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Operations.Loading;

/// <summary>Commands that name a module of the sample application's, as its settings have it, where another application is built.</summary>
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

    private const string Celery = "shop.celery_app";
    private static readonly ImmutableArray<string> Modules = ["shop.main:app", Celery];

    /// <summary>A warning for each.</summary>
    public static IEnumerable<Finding> Find(ReviewedStack stack) =>
        Finding.Merge(
            from service in stack.Topology.Services
            where service.Image is BuiltImage image && service.IsApplication()
            let context = ((BuiltImage)service.Image).Context
            let folder = stack.Workspace.Absolute(context)
            from module in Modules
            where service.Command.Contains(module) && Directory.Exists(folder) && !HasPackage(folder)
            select new Finding(
                "FILES",
                Severity.Warning,
                service.Name,
                $"It runs '{module}', and no '{Package}' is in '{context}'.",
                $"Name your application's own in {(module == Celery ? "infra:app.celery" : $"infra:services.{service.Name}.command")}."
            )
        );

    private static bool HasPackage(string context)
        => Directory.EnumerateDirectories(context, Package, Search).Any() || Directory.EnumerateFiles(context, Package + ".py", Search).Any();
}
