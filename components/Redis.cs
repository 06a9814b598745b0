using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Components.Programs;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What Redis is asked for its health.</summary>
public enum RedisProbe
{
    /// <summary><c>PING</c>.</summary>
    Ping,

    /// <summary><c>INCR ping</c>: a write, so that a store that takes none is unhealthy too, and the data hold a counter.</summary>
    Incr,
}

/// <summary>What Redis does when its memory is full.</summary>
public enum EvictionPolicy
{
    /// <summary>Refuses writes: for a queue.</summary>
    NoEviction,

    /// <summary>Forgets what has an expiry and was used least lately: for a cache that shares with results.</summary>
    VolatileLru,

    /// <summary>Forgets what was used least lately: for nothing but a cache.</summary>
    AllKeysLru,
}

/// <summary>What <see cref="Redis"/> needs to know.</summary>
public sealed record RedisArgs
{
    /// <summary>The password of the default user.</summary>
    public required Secret Password { get; init; }

    /// <summary>Whether it asks for a password. Defaults to yes; without one, everybody on its networks may do anything to its data.</summary>
    public bool HasPassword { get; init; } = true;

    /// <summary>Whether its data outlive its container. Defaults to yes.</summary>
    public bool IsPersistent { get; init; } = true;

    /// <summary>Whether it is the broker of a Celery queue, which must never be evicted. Defaults to no.</summary>
    public bool IsBroker { get; init; }

    /// <summary>The most memory its data may take. Defaults to 256 MiB.</summary>
    public Size MaxMemory { get; init; } = Size.MiB(256);

    /// <summary>What it does when that is full. Defaults to volatile-lru, to noeviction for a broker.</summary>
    public EvictionPolicy? Eviction { get; init; }

    /// <summary>The image.</summary>
    public PinnedImage Image { get; init; } = Images.Redis;

    /// <summary>Further lines of redis.conf, by their directives.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What it is asked for its health. Defaults to a ping.</summary>
    public RedisProbe Probe { get; init; }

    /// <summary>How often and how patiently it is probed; its probe's own way when unset.</summary>
    public ProbeTiming? Timing { get; init; }

    /// <summary>The volume's name. Defaults to the service's.</summary>
    public string? Volume { get; init; }

    /// <summary>The port on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }

    /// <summary>The most memory the process may use. Defaults to twice <see cref="MaxMemory"/>: saving forks.</summary>
    public Size? Memory { get; init; }

    /// <summary>The networks it is on.</summary>
    public ImmutableArray<NetworkAttachment> Networks { get; init; } = [Network.Default];

    /// <summary>The memory kept for it when memory is short; none when unset.</summary>
    public Size? ReservedMemory { get; init; }

    /// <summary>The most processor time it may use. Defaults to half a core.</summary>
    public Cpu Cpus { get; init; } = Cpu.Cores(0.5m);

    /// <summary>
    /// Whether the URL names the user, who is the same without it, while the password is being rotated: a container that is called after what
    /// it is made from starts before its old one ends. Defaults to no.
    /// </summary>
    public bool IsRotating { get; init; }
}

/// <summary>Redis, or Valkey, with a password, an append-only file on a volume of its own and a bound on its memory.</summary>
public sealed class Redis(string name, RedisArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Redis";

    /// <summary>The port it listens on.</summary>
    public const int Port = 6379;

    private const string DefaultUser = "default";

    private const string Data = "/data";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, RedisArgs args)
    {
        var password = ServiceFile.For(args.Password);
        var configuration = new ServiceFile("redis.conf", Configuration(args));
        return new ServiceSpec(Kind, name)
        {
            Role = args.IsBroker ? ServiceRole.Broker : ServiceRole.Cache,
            Image = args.Image,
            Command = ["redis-server", configuration.Path],
            Files = args.HasPassword ? [configuration, password] : [configuration],
            Ports = args.Port is { } port ? [new Port(Port, port)] : [],
            // The image declares a volume there, so an engine would make one that nobody sees.
            Mounts =
            [
                args.IsPersistent ? new VolumeMount(new Volume(args.Volume ?? name), Data) : new TmpfsMount(Data, Size.MiB(16)),
                new TmpfsMount("/tmp", Size.MiB(16)),
            ],
            StatePaths = args.IsPersistent ? [Data] : [],
            // The password is read inside the probe: in the environment or on the command line `docker inspect` would show it. The
            // first of the files is there after a rotation, until the next start.
            Health = HealthCheck
                .Shell(
                    args.HasPassword
                        ? $"REDISCLI_AUTH=\"$(cat /tmp/.password 2>/dev/null || cat {password.Path})\" {Question(args.Probe)}"
                        : Question(args.Probe)
                )
                .At(args.Timing),
            Networks = args.Networks,
            ReservedMemory = args.ReservedMemory,
            Memory = args.Memory ?? new Size(args.MaxMemory.Bytes * 2),
            Cpus = args.Cpus,
            Pids = 128,
            StopGrace = TimeSpan.FromSeconds(30),
            // Valkey's image has a user of its own name instead.
            User = args.Image.Repository.Split('/')[^1].StartsWith("valkey", StringComparison.Ordinal) ? "valkey" : "redis",
            Capabilities = Capabilities.Only(),
            ReadOnly = true,
            Endpoint = new Endpoint("redis", name, Port)
            {
                User = args.IsRotating ? DefaultUser : "",
                Password = args.HasPassword ? args.Password : null,
                Path = "/0",
            },
            Backup = !args.IsPersistent ? null : new ServiceBackup(
                $"{name}.rdb",
                [.. Script.Command("redis-dump", Data, args.HasPassword ? password.Path : "")],
                [.. Script.Command("redis-restore", Data)])
            {
                RestoresStopped = true,
            },
            PasswordChange = !args.HasPassword ? null : new PasswordChange(
                args.Password,
                [.. Script.Command("redis-password", "only", password.Path)])
            {
                Addition = [.. Script.Command("redis-password", "add", password.Path)],
                SecondUsers = [DefaultUser],
                Check = [.. Script.Command("redis-password", "check", password.Path)],
            },
        };
    }

    private static string Question(RedisProbe probe) => probe == RedisProbe.Incr
        ? "redis-cli --raw incr ping | grep -qE '^[0-9]+$'"
        : "redis-cli ping | grep -q PONG";

    private static Template Configuration(RedisArgs args)
    {
        var eviction = (args.Eviction ?? (args.IsBroker ? EvictionPolicy.NoEviction : EvictionPolicy.VolatileLru)) switch
        {
            EvictionPolicy.AllKeysLru => "allkeys-lru",
            EvictionPolicy.VolatileLru => "volatile-lru",
            _ => "noeviction",
        };
        return Template.From($"""
            bind * -::*
            {(args.HasPassword ? Template.From($"requirepass {args.Password.In(SecretForm.Quoted)}") : (Template)"protected-mode no")}
            maxmemory {args.MaxMemory.Bytes}
            maxmemory-policy {eviction}
            {(args.IsPersistent ? "appendonly yes\nappendfsync everysec" : "appendonly no\nsave \"\"")}
            dir {Data}
            {string.Concat(args.Parameters.Select(parameter => $"{parameter.Key} {parameter.Value}\n"))}
            """);
    }
}
