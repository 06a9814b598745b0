using System.Collections.Immutable;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Targets.Containers;

/// <summary>For every property of a spec, the same spec with that property changed.</summary>
internal static class Mutations
{
    /// <summary>Properties that rules, diagrams, verbs and our own steps read, and no engine.</summary>
    public static ImmutableHashSet<string> Descriptive { get; } =
    [
        nameof(ServiceSpec.Role),
        nameof(ServiceSpec.StatePaths),
        nameof(ServiceSpec.Endpoint),
        nameof(ServiceSpec.Externals),
        nameof(ServiceSpec.Metrics),
        nameof(ServiceSpec.Routes),
        nameof(ServiceSpec.Upstreams),
        nameof(ServiceSpec.Backup),
        nameof(ServiceSpec.PasswordChange),
        nameof(ServiceSpec.CommandPrefix),
        nameof(ServiceSpec.Public),
        nameof(ServiceSpec.VolumeOpener),
    ];

    /// <summary>What each is changed from.</summary>
    public static ServiceSpec Before { get; } = AnyService.Named("web") with { Health = HealthCheck.Exec("true") };

    public static IReadOnlyDictionary<string, Func<ServiceSpec, ServiceSpec>> All { get; } = new Dictionary<string, Func<ServiceSpec, ServiceSpec>>
    {
        [nameof(ServiceSpec.Kind)] = spec => spec with { Kind = "infra:components:Other" },
        [nameof(ServiceSpec.Name)] = spec => spec with { Name = "other" },
        [nameof(ServiceSpec.Image)] = spec => spec with { Image = new PinnedImage("example/any", "2") },
        [nameof(ServiceSpec.Entrypoint)] = spec => spec with { Entrypoint = ["/entry"] },
        [nameof(ServiceSpec.Command)] = spec => spec with { Command = ["run"] },
        [nameof(ServiceSpec.WorkingDirectory)] = spec => spec with { WorkingDirectory = "/work" },
        [nameof(ServiceSpec.Hostname)] = spec => spec with { Hostname = "here" },
        [nameof(ServiceSpec.ContainerName)] = spec => spec with { ContainerName = "named" },
        [nameof(ServiceSpec.Environment)] = spec => spec with { Environment = Variables.From(("A", "1")) },
        [nameof(ServiceSpec.Files)] = spec => spec with { Files = [new("file", "content")] },
        [nameof(ServiceSpec.Ports)] = spec => spec with { Ports = [new Port(80, 8080)] },
        [nameof(ServiceSpec.Mounts)] = spec => spec with { Mounts = [new VolumeMount(new Volume("data"), "/data")] },
        [nameof(ServiceSpec.Networks)] = spec => spec with { Networks = [new Network("other")] },
        [nameof(ServiceSpec.Health)] = spec => spec with { Health = null },
        [nameof(ServiceSpec.WaitsFor)] = spec => spec with { WaitsFor = [new Wait("first", WaitCondition.Started)] },
        [nameof(ServiceSpec.Memory)] = spec => spec with { Memory = Size.MiB(64) },
        [nameof(ServiceSpec.Cpus)] = spec => spec with { Cpus = Cpu.Cores(0.5m) },
        [nameof(ServiceSpec.Pids)] = spec => spec with { Pids = 64 },
        [nameof(ServiceSpec.SharedMemory)] = spec => spec with { SharedMemory = Size.MiB(128) },
        [nameof(ServiceSpec.ReservedMemory)] = spec => spec with { ReservedMemory = Size.MiB(32) },
        [nameof(ServiceSpec.ReservedCpus)] = spec => spec with { ReservedCpus = Cpu.Cores(0.1m) },
        [nameof(ServiceSpec.Restart)] = spec => spec with { Restart = RestartPolicy.OnFailure(3) },
        [nameof(ServiceSpec.Replacement)] = spec => spec with { Replacement = Replacement.StartFirst },
        [nameof(ServiceSpec.Replicas)] = spec => spec with { Replicas = 3 },
        [nameof(ServiceSpec.StopSignal)] = spec => spec with { StopSignal = "SIGQUIT" },
        [nameof(ServiceSpec.StopGrace)] = spec => spec with { StopGrace = TimeSpan.FromSeconds(77) },
        [nameof(ServiceSpec.Logging)] = spec => spec with { Logging = null },
        [nameof(ServiceSpec.User)] = spec => spec with { User = "app" },
        [nameof(ServiceSpec.Capabilities)] = spec => spec with { Capabilities = Capabilities.Only() },
        [nameof(ServiceSpec.NoNewPrivileges)] = spec => spec with { NoNewPrivileges = false },
        [nameof(ServiceSpec.ReadOnly)] = spec => spec with { ReadOnly = true },
        [nameof(ServiceSpec.Init)] = spec => spec with { Init = true },
        [nameof(ServiceSpec.Watch)] = spec => spec with { Watch = [new WatchRule(WatchAction.Rebuild, "app/uv.lock")] },
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
