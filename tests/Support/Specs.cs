using Infra.Model;

namespace Infra.Tests.Support;

/// <summary>Makes small specs and topologies that break no rule, to be broken in one place by each test.</summary>
internal static class Specs
{
    public static BuiltImage App { get; } = new("app", "app");

    public static ServiceSpec Service(string name, ServiceRole role = ServiceRole.Other) => new("test:Service", name)
    {
        Role = role,
        Image = new PinnedImage("example/" + name, "1.2.3"),
        Health = HealthCheck.Exec("check", name),
        Memory = Size.MiB(256),
        Cpus = Cpu.Cores(0.5m),
        Pids = 64,
        Capabilities = Capabilities.Only(),
    };

    public static ServiceSpec Web(string name = "web") => Service(name, ServiceRole.Web) with { Image = App };

    public static ServiceSpec Worker(string name = "worker") => Service(name, ServiceRole.Worker) with { Image = App };

    public static ServiceSpec Beat(string name = "beat") => Service(name, ServiceRole.Beat) with { Image = App };

    public static ServiceSpec Job(string name = "migrate") =>
        Service(name, ServiceRole.Job) with
        {
            Image = App,
            Health = null,
            Restart = RestartPolicy.No,
        };

    public static ServiceSpec Store(string name, ServiceRole role, string path = "/data") => Service(name, role) with
    {
        Mounts = [new VolumeMount(new Volume(name), path)],
        StatePaths = [path],
        StopGrace = TimeSpan.FromSeconds(30),
    };

    public static Topology Topology(params ServiceSpec[] services) => new(new Naming("shop", "test"), [.. services]);

    public static ServiceSpec On(this ServiceSpec service, params Network[] networks)
        => service with { Networks = [.. networks.Select(network => (NetworkAttachment)network)] };

    public static ServiceSpec Waits(this ServiceSpec service, params Wait[] waits) => service with { WaitsFor = [.. waits] };
}
