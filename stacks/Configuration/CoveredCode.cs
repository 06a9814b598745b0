using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Notes volumes that would be mounted over the application's code, and so keep an old release in place for ever.</summary>
internal static class CoveredCode
{
    public static void Review(Section root, Settings settings)
    {
        Review(root, settings.App, "app", settings.App.Process.Volumes);
        foreach (var service in settings.Services.Where(service => service.Kind.RunsApplication && service.Process is not null))
            Review(root, settings.App, $"{ServicesReader.Key}.{service.Name}", [.. service.Process!.Volumes.Except(settings.App.Process.Volumes)]);
    }

    /// <summary>Whether a mount there hides code of the application.</summary>
    public static bool Covers(AppSettings app, string target) =>
        app.Source.Select(folder => $"{app.Directory}/{folder}").Append(app.Directory).Any(code => ContainerPaths.Hides(target, code));

    private static void Review(Section root, AppSettings app, string path, ImmutableArray<VolumeMount> volumes)
    {
        foreach (var mount in volumes.Where(mount => Covers(app, mount.Target)))
            root.Report(
                $"{path}.volumes.{mount.Volume.Name}",
                $"A volume at '{mount.Target}' hides the code that the image has there, now and after each release.",
                "Mount it at a folder that holds nothing but data."
            );
        foreach (var twice in volumes.GroupBy(mount => mount.Target).Where(group => group.Count() > 1))
            root.Report($"{path}.volumes.{twice.Last().Volume.Name}", $"Two volumes are mounted at '{twice.Key}'.", "Give each a path of its own.");
    }
}
