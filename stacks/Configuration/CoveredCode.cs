using Infra.Components;

namespace Infra.Stacks.Configuration;

/// <summary>Notes volumes that would be mounted over the application's code, and so keep an old release in place for ever.</summary>
internal static class CoveredCode
{
    public static void Review(Section root, Settings settings)
    {
        foreach (var mount in settings.App.Volumes.Where(mount => Covers(settings, mount.Target)))
            root.Report(
                $"app.volumes.{mount.Volume.Name}",
                $"A volume at '{mount.Target}' hides the code that the image has there, now and after each release.",
                "Mount it at a folder that holds nothing but data."
            );
        var schedule = settings.Beat.Schedule;
        if (schedule.LastIndexOf('/') is var end && end <= 0)
            root.Report(
                "beat.schedule",
                $"'{schedule}' lies in no folder of its own, and the folder becomes a volume.",
                $"Write a path such as {BeatArgs.DefaultScheduleDirectory}/schedule."
            );
        else if (schedule[..end] is var folder && folder != "/tmp" && (Covers(settings, folder) || ContainerPaths.Fault(folder) is not null))
            root.Report(
                "beat.schedule",
                $"Its folder '{folder}' becomes a volume, which hides what the image has there, now and after each release.",
                $"Write a folder of its own: {BeatArgs.DefaultScheduleDirectory}/schedule."
            );
        foreach (var twice in settings.App.Volumes.GroupBy(mount => mount.Target).Where(group => group.Count() > 1))
            root.Report($"app.volumes.{twice.Last().Volume.Name}", $"Two volumes are mounted at '{twice.Key}'.", "Give each a path of its own.");
    }

    private static bool Covers(Settings settings, string target) =>
        settings
            .App.Source.Select(folder => $"{settings.App.Directory}/{folder}")
            .Append(settings.App.Directory)
            .Any(code => ContainerPaths.Hides(target, code));
}
