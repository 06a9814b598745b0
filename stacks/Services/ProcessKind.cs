using Infra.Components;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>Any other process of the application.</summary>
internal sealed class ProcessKind() : CommandKind<AppProcessArgs>(
    "process",
    "any other process of the application's image: a worker of RQ, arq, Dramatiq or Huey, a scheduler, a loop. It has no probe unless you write one"
)
{
    public override bool HasProbe => false;

    public override IReadOnlyCollection<string> Attributes => OfServers;

    protected override AppProcessArgs ReadArgs(string service, Section section, KindContext around) => new()
    {
        Image = around.App.BuiltImage,
        Command = section.Command("command", [], "what it runs; the image's own command where unset"),
        Port = section.Port("containerPort", "the port that it listens on, if it does, for others to be led to by `{SERVICE.url}`"),
        Memory = section.MemoryOr("memory", Size.MiB(512)),
        Replicas = Replicas(section),
        Cpus = section.CpusOr("cpus", Cpu.Cores(1)),
    };

    public override Endpoint? EndpointOf(ServiceSettings settings) => AppProcess.Describe(settings.Name, (AppProcessArgs)settings.Args).Endpoint;

    protected override ServiceComponent Make(string name, AppProcessArgs args, IServiceHost host) => new AppProcess(name, args, host);
}
