using System.Collections.Frozen;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>RabbitMQ.</summary>
internal sealed class RabbitMqKind() : StoreKind<RabbitMqArgs>("rabbitmq", "RabbitMQ, a broker")
{
    protected override RabbitMqArgs ReadArgs(string service, Section section, KindContext around) => new()
    {
        Password = PasswordOf(service, around),
        Image = section.ImageOr("image", Images.RabbitMq),
        Volume = section.VolumeName("volume", "its volume", "the service's name"),
        Hostname = section.NodeHost("hostname", "its node's host: the node's data carry this name, and others reach it by the service's",
            "the service's name"),
        User = section.StoreName("user", "app", longest: 63, "the application's user"),
        VirtualHost = section.VirtualHost("vhost", "/", "its virtual host, which `{rabbitmq.url}` leads to. It is made on an empty volume only"),
        ConsumerTimeout = section.SecondsOr(
            "consumerTimeoutSeconds",
            TimeSpan.FromMinutes(30),
            "how long a task may stay unacknowledged, as one with `acks_late` is while it runs; then it is handed out again",
            most: 30 * 86400
        ),
        QueueType = section.Choice<QueueType>(
            "queueType",
            "the type of the queues that are declared without one, from then on: [quorum queues](applications.md#quorum-queues)",
            "the virtual host's own, at first `classic`"
        ),
        Definitions = section.Definitions(
            "definitions",
            "a file of the project that is added to its own at each start, in JSON as RabbitMQ exports it: "
                + "[policies](applications.md#quorum-queues), exchanges, further queues and virtual hosts. What is dropped from it stays"
        ),
        Configuration = section.Parameters("configuration", "further lines of rabbitmq.conf: `{ channel_max: 512 }`", Own),
        Port = section.Port("port", "the port on 127.0.0.1"),
        ManagementPort = section.Port("managementPort", "the port of its pages on 127.0.0.1", "none: the pages are off"),
        Memory = section.MemoryOr("memory", Size.MiB(512)),
        // Everything else waits for its boot, so it offers none that nobody asks for.
        Metrics = section.Flag("metrics", "whether it offers metrics", "as `infra:monitoring`'s `enabled`") ?? around.IsWatched,
        Cpus = section.CpusOr("cpus", Cpu.Cores(1)),
    };

    protected override IReadOnlyCollection<string> KeysOfClients => ["user", "vhost"];

    protected override ServiceSpec Describe(string service, RabbitMqArgs args) => RabbitMq.Describe(service, args);

    // What has a setting, or is said in another file.
    private static readonly FrozenSet<string> Own = new[] { "consumer_timeout", "default_pass", "default_user", "default_vhost" }
        .ToFrozenSet(StringComparer.Ordinal);

    protected override Secret Password(RabbitMqArgs args) => args.Password;

    protected override RabbitMqArgs Rotating(RabbitMqArgs args, bool isRotating) => args with { IsRotating = isRotating };

    protected override ServiceComponent Make(string name, RabbitMqArgs args, IServiceHost host) => new RabbitMq(name, args, host);
}
