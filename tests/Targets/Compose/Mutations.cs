using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Tests.Targets.Compose;

/// <summary>A service, and for each of its properties another value.</summary>
internal static class Mutations
{
    private static readonly Secret Password = new("password");

    /// <summary>A service with something in each property that another property's meaning depends on.</summary>
    public static ServiceSpec Base { get; } =
        new("test:Service", "web")
        {
            Role = ServiceRole.Database,
            Image = new PinnedImage("shop", "1"),
            Mounts =
            [
                new VolumeMount(new Volume("data"), "/data"),
                new BindMount("app/src", "/src", ReadOnly: true),
                new TmpfsMount("/tmp", Size.MiB(1)),
            ],
            StatePaths = ["/data"],
            WaitsFor = [new Wait("db")],
            Health = HealthCheck.Shell("test -f \"$HOME/x\""),
            Files = [new ServiceFile("settings", "a\n"), new ServiceFile("url", Template.From($"x://{Password}@db")), ServiceFile.For(Password)],
        };

    public static ImmutableArray<ServiceSpec> Others { get; } =
    [
        new("test:Service", "db") { Image = new PinnedImage("db", "1"), Health = HealthCheck.Exec("true") },
        new("test:Service", "worker") { Image = new BuiltImage("app", "app") },
    ];

    public static IReadOnlyDictionary<string, Func<ServiceSpec, ServiceSpec>> Of { get; } = new Dictionary<string, Func<ServiceSpec, ServiceSpec>>
    {
        [nameof(ServiceSpec.Name)] = spec => spec with { Name = "site" },
        [nameof(ServiceSpec.Image)] = spec => spec with { Image = new PinnedImage("other", "1") },
        [nameof(ServiceSpec.Entrypoint)] = spec => spec with { Entrypoint = ["tini", "--"] },
        [nameof(ServiceSpec.Command)] = spec => spec with { Command = ["serve"] },
        [nameof(ServiceSpec.WorkingDirectory)] = spec => spec with { WorkingDirectory = "/srv" },
        [nameof(ServiceSpec.Hostname)] = spec => spec with { Hostname = "host" },
        [nameof(ServiceSpec.ContainerName)] = spec => spec with { ContainerName = "own-name" },
        [nameof(ServiceSpec.Environment)] = spec => spec with { Environment = Variables.From(("A", "1")) },
        [nameof(ServiceSpec.Files)] = spec => spec with { Files = [] },
        [nameof(ServiceSpec.Ports)] = spec => spec with { Ports = [new Port(80, 8080)] },
        [nameof(ServiceSpec.Mounts)] = spec => spec with { Mounts = [] },
        [nameof(ServiceSpec.Networks)] = spec => spec with { Networks = [new Network("back", Internal: true)] },
        [nameof(ServiceSpec.Health)] = spec => spec with { Health = null },
        [nameof(ServiceSpec.WaitsFor)] = spec => spec with { WaitsFor = [] },
        [nameof(ServiceSpec.Memory)] = spec => spec with { Memory = Size.MiB(64) },
        [nameof(ServiceSpec.Cpus)] = spec => spec with { Cpus = Cpu.Cores(0.5m) },
        [nameof(ServiceSpec.Pids)] = spec => spec with { Pids = 10 },
        [nameof(ServiceSpec.SharedMemory)] = spec => spec with { SharedMemory = Size.MiB(128) },
        [nameof(ServiceSpec.ReservedMemory)] = spec => spec with { ReservedMemory = Size.MiB(32) },
        [nameof(ServiceSpec.ReservedCpus)] = spec => spec with { ReservedCpus = Cpu.Cores(0.1m) },
        [nameof(ServiceSpec.Restart)] = spec => spec with { Restart = RestartPolicy.OnFailure(3) },
        [nameof(ServiceSpec.Replacement)] = spec => spec with { Replacement = Replacement.StartFirst },
        [nameof(ServiceSpec.Replicas)] = spec => spec with { Replicas = 3 },
        [nameof(ServiceSpec.StopSignal)] = spec => spec with { StopSignal = "SIGINT" },
        [nameof(ServiceSpec.StopGrace)] = spec => spec with { StopGrace = TimeSpan.FromSeconds(90) },
        [nameof(ServiceSpec.Logging)] = spec => spec with { Logging = null },
        [nameof(ServiceSpec.User)] = spec => spec with { User = "nobody" },
        [nameof(ServiceSpec.Capabilities)] = spec => spec with { Capabilities = Capabilities.Only("CHOWN") },
        [nameof(ServiceSpec.NoNewPrivileges)] = spec => spec with { NoNewPrivileges = false },
        [nameof(ServiceSpec.ReadOnly)] = spec => spec with { ReadOnly = true },
        [nameof(ServiceSpec.Init)] = spec => spec with { Init = true },
        [nameof(ServiceSpec.Watch)] = spec => spec with { Watch = [new WatchRule(WatchAction.Sync, "src") { Target = "/src" }] },
        [nameof(ServiceSpec.Ulimits)] = spec => spec with { Ulimits = spec.Ulimits.Add("nofile", new Ulimit(1024, 4096)) },
        [nameof(ServiceSpec.Devices)] = spec => spec with { Devices = [new Device("/dev/dri", "/dev/dri")] },
        [nameof(ServiceSpec.Gpus)] = spec => spec with { Gpus = new Gpus() },
        [nameof(ServiceSpec.ExtraHosts)] = spec => spec with { ExtraHosts = spec.ExtraHosts.Add("host.docker.internal", "host-gateway") },
        [nameof(ServiceSpec.Dns)] = spec => spec with { Dns = ["10.0.0.2"] },
        [nameof(ServiceSpec.Sysctls)] = spec => spec with { Sysctls = spec.Sysctls.Add("net.core.somaxconn", "1024") },
        [nameof(ServiceSpec.Platform)] = spec => spec with { Platform = "linux/amd64" },
        [nameof(ServiceSpec.Labels)] = spec => spec with { Labels = spec.Labels.Add("a", "b") },
    };
}
