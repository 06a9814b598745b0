using System.Collections.Immutable;
using System.Globalization;
using Infra.Model;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Recognition;

namespace Infra.Operations.ComposeInput.Topologies;

/// <summary>Turns Compose's canonical form into the topology that rules and diagrams read.</summary>
public sealed class TopologyReader(ComposeApplication application)
{
    /// <summary>What the kinds of the services begin with.</summary>
    public const string KindPrefix = "compose:services:";

    // The engine's own, where a probe says nothing else (Docker's reference of HEALTHCHECK).
    private static readonly TimeSpan EnginesInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EnginesStartInterval = TimeSpan.FromSeconds(5);

    /// <summary>Tells what each service is.</summary>
    public Recognizer Recognizer { get; } = new(application);

    /// <summary>The topology.</summary>
    public Topology Read() =>
        new(new Naming(application.Name, "compose", application.Name + "_"), [.. application.Services.Select(Read)]);

    private ServiceSpec Read(ComposeService service)
    {
        var known = Recognizer.Recognize(service);
        var parts = new ServiceParts(application, service);
        var image = parts.Image();
        return new ServiceSpec(KindPrefix + known.Kind, service.Name)
        {
            Role = known.Role,
            Image = image,
            Entrypoint = service.Words("entrypoint"),
            Command = service.Words("command"),
            WorkingDirectory = service.Text("working_dir"),
            Hostname = service.Text("hostname"),
            ContainerName = service.Text("container_name"),
            Environment = parts.Environment(),
            Ports = parts.Ports(),
            Mounts = parts.Mounts(),
            StatePaths = StatePaths(service, known, image),
            Networks = parts.Networks(),
            Health = Health(service),
            WaitsFor = [.. Recognizer.Dependencies(service).Select(wait => new Wait(wait.Service, Condition(wait.Condition)))],
            Memory = SizeAt(service, "mem_limit") ?? SizeAt(service, "deploy.resources.limits.memory"),
            Cpus = CpuAt(service, "cpus") ?? CpuAt(service, "deploy.resources.limits.cpus"),
            Pids = (int?)(service.Number("pids_limit") ?? service.Number("deploy.resources.limits.pids")),
            SharedMemory = SizeAt(service, "shm_size"),
            ReservedMemory = SizeAt(service, "mem_reservation") ?? SizeAt(service, "deploy.resources.reservations.memory"),
            ReservedCpus = CpuAt(service, "deploy.resources.reservations.cpus"),
            Ulimits = parts.Ulimits(),
            Devices = parts.Devices(),
            Gpus = parts.Gpus(),
            ExtraHosts = parts.ExtraHosts(),
            Dns = service.Words("dns"),
            Sysctls = Sorted(service.Map("sysctls")),
            Platform = service.Text("platform"),
            Restart = parts.Restart(),
            Replicas = (int?)(service.Number("deploy.replicas") ?? service.Number("scale")),
            StopSignal = service.Text("stop_signal"),
            StopGrace = service.Time("stop_grace_period") ?? TimeSpan.FromSeconds(10),
            Logging = parts.Logging(),
            User = service.Text("user") ?? Recognizer.DockerfileOf(service).User,
            Capabilities = parts.Capabilities(),
            NoNewPrivileges = service.Words("security_opt").Any(IsNoNewPrivileges),
            ReadOnly = service.Flag("read_only"),
            Init = service.Flag("init"),
            Labels = Sorted(service.Map("labels")),
            Endpoint = Endpoint(service, known),
        };
    }

    private HealthCheck? Health(ComposeService service)
    {
        var test = service.Words("healthcheck.test");
        if (service.Flag("healthcheck.disable") || test is ["NONE"]) return null;
        if (test.IsEmpty && Recognizer.DockerfileOf(service).Health is null && service.At("healthcheck") is null) return null;
        if (test.IsEmpty) return HealthCheck.OfImage;
        return new HealthCheck
        {
            Test = test switch
            {
                ["CMD-SHELL", .. var script] => ["sh", "-c", string.Join(' ', script)],
                ["CMD", .. var command] => [.. command],
                _ => ["sh", "-c", string.Join(' ', test)],
            },
            Interval = service.Time("healthcheck.interval") ?? EnginesInterval,
            Timeout = service.Time("healthcheck.timeout") ?? EnginesInterval,
            Retries = (int)(service.Number("healthcheck.retries") ?? 3),
            StartPeriod = service.Time("healthcheck.start_period") ?? TimeSpan.Zero,
            StartInterval = service.Time("healthcheck.start_interval") ?? EnginesStartInterval,
        };
    }

    private static ImmutableArray<string> StatePaths(ComposeService service, Recognized known, Image image)
    {
        if (known.Image?.StatePaths is { IsEmpty: false } paths) return paths;
        return known.Kind switch
        {
            "postgres" => [service.Text("environment.PGDATA") ?? PostgresLayout.Folder(image) ?? PostgresLayout.Child],
            // A cache is empty after a restart, and may be.
            "redis" or "valkey" when string.Join(' ', service.Words("command")).Contains("appendonly yes", StringComparison.Ordinal) => ["/data"],
            _ => [],
        };
    }

    private static Endpoint? Endpoint(ComposeService service, Recognized known)
    {
        if (known.Kind is "redis" or "valkey")
            return new Endpoint("redis", service.Name, 6379) { Password = AsksForPassword(service) ? new Secret("password") : null };
        return known.Kind == "web" && service.Items("ports").Select(port => port["target"]?.GetValue<int>()).Distinct().ToArray() is [{ } port]
            ? new Endpoint("http", service.Name, port)
            : null;
    }

    // By its command, or by a configuration that is not read here.
    private static bool AsksForPassword(ComposeService service) =>
        string.Join(' ', service.Words("entrypoint").Concat(service.Words("command"))) is var command
        && (command.Contains("requirepass", StringComparison.Ordinal) || command.Contains(".conf", StringComparison.Ordinal));

    private static bool IsNoNewPrivileges(string option) => option is "no-new-privileges" or "no-new-privileges:true" or "no-new-privileges=true";

    private static WaitCondition Condition(string condition) => condition switch
    {
        "service_healthy" => WaitCondition.Healthy,
        "service_completed_successfully" => WaitCondition.Completed,
        _ => WaitCondition.Started,
    };

    private static Size? SizeAt(ComposeService service, string path) => service.Bytes(path) is { } bytes ? new Size(bytes) : null;

    private static Cpu? CpuAt(ComposeService service, string path) => service.Number(path) is { } cores ? Cpu.Cores(cores) : null;

    internal static ImmutableSortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string?>> map) =>
        map.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value ?? "", StringComparer.Ordinal);

    internal static int Whole(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
