using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>The application's HTTP server.</summary>
internal sealed class WebKind() : CommandKind<WebArgs>("web", "a server of the application's that answers HTTP requests")
{
    public override IReadOnlyCollection<string> Attributes => OfServers;

    protected override WebArgs ReadArgs(string service, Section section, KindContext around) =>
        new()
        {
            Image = around.App.BuiltImage,
            Command = section.Command("command", [], "what it runs; the image's own command where unset"),
            ContainerPort = section.PortOr("containerPort", 8000, "the port that it listens on"),
            Port = section.Port("port", "the port on 127.0.0.1; not behind the proxy"),
            HealthPath = section.UrlPath("health", "/ready", "the path that is asked whether it is well"),
            Probe = section.ChoiceOr("client", HttpProbeKind.Socket, "what asks for `health` in its container"),
            Memory = section.MemoryOr("memory", Size.MiB(512)),
            Replicas = Replicas(section),
            Cpus = section.CpusOr("cpus", Cpu.Cores(1)),
            MetricsPath = section.UrlPath("metrics", "/metrics", "the path that Prometheus scrapes; none when empty") is { Length: > 0 } metrics
                ? metrics
                : null,
        };

    public override Endpoint? EndpointOf(ServiceSettings settings) => Web.Describe(settings.Name, (WebArgs)settings.Args).Endpoint;

    protected override ServiceComponent Make(string name, WebArgs args, IServiceHost host) => new Web(name, args, host);
}
