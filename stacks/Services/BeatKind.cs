using Infra.Components;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>Celery's scheduler.</summary>
internal sealed class BeatKind() : CommandKind<BeatArgs>("beat", "Celery's scheduler, of which there is one")
{
    protected override BeatArgs ReadArgs(string service, Section section, KindContext around)
    {
        var args = new BeatArgs
        {
            Image = around.App.BuiltImage,
            App = around.App.Celery ?? "",
            Command = section.Command("command", [], "what it runs, instead of Celery's beat"),
            Schedule = section.ContainerPath(
                "schedule",
                BeatArgs.DefaultScheduleDirectory + "/schedule",
                "the file in which it keeps its times; its folder is a volume unless it is `/tmp`. A scheduler that keeps "
                    + "them in a database (django-celery-beat, RedBeat) writes "
                    + "none: set it to a file in `/tmp`"
            ),
            Volume = section.VolumeName("volume", "the volume of the schedule's folder", "the service's name"),
            Probe = section.ChoiceOr(
                "ask",
                BeatProbe.Heartbeat,
                "`heartbeat`: a file that it touches ([how](applications.md#without-heartbeat-files)); `schedule`: its file is there"
            ),
            Memory = section.MemoryOr("memory", Size.MiB(256)),
            Cpus = section.CpusOr("cpus", Cpu.Cores(0.5m)),
        };
        CeleryKeys.Review(section, args.Command, around);
        ReviewSchedule(section, args.Schedule, around.App);
        return args;
    }

    protected override ServiceComponent Make(string name, BeatArgs args, IServiceHost host) => new Beat(name, args, host);

    private static void ReviewSchedule(Section section, string schedule, AppSettings app)
    {
        var end = schedule.LastIndexOf('/');
        if (end <= 0)
            section.Report(
                "schedule",
                $"'{schedule}' lies in no folder of its own, and the folder becomes a volume.",
                $"Write a path such as {BeatArgs.DefaultScheduleDirectory}/schedule."
            );
        else if (schedule[..end] is var folder && folder != "/tmp" && (CoveredCode.Covers(app, folder) || ContainerPaths.Fault(folder) is not null))
            section.Report(
                "schedule",
                $"Its folder '{folder}' becomes a volume, which hides what the image has there, now and after each release.",
                $"Write a folder of its own: {BeatArgs.DefaultScheduleDirectory}/schedule."
            );
    }
}
