using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>Flower.</summary>
internal sealed class FlowerKind()
    : CommandKind<FlowerArgs>("flower", "Flower, which shows what Celery's workers do; the application's image must have the package")
{
    public override IReadOnlyCollection<string> Attributes => OfServers;

    protected override FlowerArgs ReadArgs(string service, Section section, KindContext around)
    {
        var args = new FlowerArgs
        {
            Image = around.App.BuiltImage,
            App = around.App.Celery ?? "",
            Command = section.Command("command", [], "what it runs, instead of Celery's flower"),
            Port = section.Port("port", "the port on 127.0.0.1"),
            Probe = section.ChoiceOr("client", HttpProbeKind.Socket, "what asks for its health in its container"),
            Memory = section.MemoryOr("memory", Size.MiB(256)),
            Cpus = section.CpusOr("cpus", Cpu.Cores(0.5m)),
        };
        CeleryKeys.Review(section, args.Command, around);
        return args;
    }

    public override Endpoint? EndpointOf(ServiceSettings settings) => Flower.Describe(settings.Name, (FlowerArgs)settings.Args).Endpoint;

    protected override ServiceComponent Make(string name, FlowerArgs args, IServiceHost host) => new Flower(name, args, host);
}
