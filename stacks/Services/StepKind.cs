using Infra.Components;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>A command that runs to its end before the application serves.</summary>
internal sealed class StepKind()
    : CommandKind<MigrationsArgs>(
        "step",
        "a command that runs on the application's image, and must succeed, before its processes start: once, and "
            + "again when the image or its settings have changed. Several run one after the other in the order of their "
            + "names, unless `after` says otherwise. In prod the version that serves meanwhile must get along with what "
            + "it does. Under Pulumi it may take 20 minutes"
    )
{
    public override bool HasProbe => false;

    public override bool IsStep => true;

    protected override MigrationsArgs ReadArgs(string service, Section section, KindContext around)
    {
        var command = section.Command("command", [], "what it runs: `python3 manage.py migrate`");
        if (section.IsWritten && !section.IsSet("command"))
            section.Report("command", "A step does nothing without one.", "Write it: python3 manage.py migrate.");
        return new MigrationsArgs
        {
            Image = around.App.BuiltImage,
            Command = command,
            Memory = section.MemoryOr("memory", Size.MiB(512)),
            Cpus = section.CpusOr("cpus", Cpu.Cores(1)),
        };
    }

    protected override ServiceComponent Make(string name, MigrationsArgs args, IServiceHost host) => new Migrations(name, args, host);
}
