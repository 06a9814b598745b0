using System.Collections.Frozen;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>Redis.</summary>
internal sealed class RedisKind() : RedisFamilyKind("redis", "Redis: a cache, a result backend, a broker", Images.Redis);

/// <summary>What speaks Redis' protocol, and has its settings and its files.</summary>
internal abstract class RedisFamilyKind(string name, string sentence, PinnedImage image) : StoreKind<RedisArgs>(name, sentence)
{
    protected override RedisArgs ReadArgs(string service, Section section, KindContext around)
    {
        var isPersistent = section.Flag("persistent", true, "`false`: a cache that is empty after a restart, without a volume and a backup");
        var args = ReadArgs(service, section, around, isPersistent);
        if (args.IsBroker && !isPersistent)
            section.Report("persistent", "Tasks are queued in it, and a restart would lose them.", "Drop it, or write broker: false.");
        return args;
    }

    private RedisArgs ReadArgs(string service, Section section, KindContext around, bool isPersistent) =>
        new()
        {
            IsPersistent = isPersistent,
            HasPassword = section.Flag("password", true, "`false`: it asks for none, for clients that cannot give one"),
            Password = PasswordOf(service, around),
            Image = section.ImageOr("image", image),
            IsBroker =
                section.Flag(
                    "broker",
                    "whether tasks are queued in it: nothing is evicted then, and the application's writes fail where memory is full",
                    "`true` where there is no RabbitMQ and it is persistent"
                ) ?? (!around.HasBroker && isPersistent),
            Volume = section.VolumeName("volume", "its volume", "the service's name"),
            MaxMemory = section.MemoryOr("maxMemory", Size.MiB(256), "the most that its data may take; it gets twice as much, since saving forks"),
            Eviction = section.Choice<EvictionPolicy>(
                "eviction",
                "what goes when memory is full",
                "`volatile-lru`; `no-eviction` where it is the broker"
            ),
            Parameters = section.Directives(
                "parameters",
                "further lines of its configuration, as in redis.conf: `{ save: \"3600 1\", notify-keyspace-events: Ex, io-threads: 4 }`",
                Own
            ),
            Probe = section.ChoiceOr("ask", RedisProbe.Ping, "what it is asked whether it is well: `ping`, or `incr`, which writes"),
            Port = section.Port("port", "the port on 127.0.0.1"),
            Cpus = section.CpusOr("cpus", Cpu.Cores(0.5m)),
        };

    // What has a setting, what its backup relies on, and what would lead it elsewhere.
    private static readonly FrozenSet<string> Own = new[]
    {
        "aclfile", "appenddirname", "appendfilename", "appendonly", "bind", "daemonize", "dbfilename", "dir", "include", "maxmemory",
        "maxmemory-policy", "pidfile", "port", "protected-mode", "rename-command", "replicaof", "requirepass", "slaveof", "unixsocket", "user",
    }.ToFrozenSet(StringComparer.Ordinal);

    protected override ServiceSpec Describe(string service, RedisArgs args) => Redis.Describe(service, args);

    protected override Secret? Password(RedisArgs args) => args.HasPassword ? args.Password : null;

    protected override IReadOnlyCollection<string> KeysOfClients => ["password"];

    protected override RedisArgs Rotating(RedisArgs args, bool isRotating) => args with { IsRotating = isRotating };

    protected override ServiceComponent Make(string name, RedisArgs args, IServiceHost host) => new Redis(name, args, host);
}
