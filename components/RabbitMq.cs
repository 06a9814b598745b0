using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Components.Programs;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="RabbitMq"/> needs to know.</summary>
public sealed record RabbitMqArgs
{
    /// <summary>The user's password.</summary>
    public required Secret Password { get; init; }

    /// <summary>The user's name. Defaults to <c>app</c>.</summary>
    public string User { get; init; } = "app";

    /// <summary>The virtual host that is made with the node's data. Defaults to <c>/</c>.</summary>
    public string VirtualHost { get; init; } = "/";

    /// <summary>Further lines of rabbitmq.conf; one of the component's own gives way.</summary>
    public ImmutableSortedDictionary<string, string> Configuration { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The type of the durable queues that are declared without one; as the virtual host has it when unset, classic at first.</summary>
    public QueueType? QueueType { get; init; }

    /// <summary>Definitions in JSON, as the node exports them, that are added to its own at each start; none when unset.</summary>
    public string? Definitions { get; init; }

    /// <summary>The image.</summary>
    public PinnedImage Image { get; init; } = Images.RabbitMq;

    /// <summary>The volume's name. Defaults to the service's.</summary>
    public string? Volume { get; init; }

    /// <summary>The host's name that the node's data carry. Defaults to the service's.</summary>
    public string? Hostname { get; init; }

    /// <summary>How often and how patiently it is probed; its probe's own way when unset.</summary>
    public ProbeTiming? Timing { get; init; }

    /// <summary>The port of AMQP on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }

    /// <summary>The port of the management pages on 127.0.0.1; the plugin is off when unset.</summary>
    public int? ManagementPort { get; init; }

    /// <summary>Whether it offers metrics on <see cref="RabbitMq.MetricsPort"/>, at the cost of a slower boot. Defaults to yes.</summary>
    public bool Metrics { get; init; } = true;

    /// <summary>How long a task may stay unacknowledged. Defaults to 30 min, the product's own default.</summary>
    public TimeSpan ConsumerTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The networks it is on.</summary>
    public ImmutableArray<NetworkAttachment> Networks { get; init; } = [Network.Default];

    /// <summary>The most memory it may use; publishers are slowed down at six tenths of it. Defaults to 512 MiB.</summary>
    public Size Memory { get; init; } = Size.MiB(512);

    /// <summary>The memory kept for it when memory is short; none when unset.</summary>
    public Size? ReservedMemory { get; init; }

    /// <summary>The most processor time it may use. Defaults to 1 core.</summary>
    public Cpu Cpus { get; init; } = Cpu.Cores(1);

    /// <summary>Whether others log in as the user who has the new password, while it is being rotated. Defaults to no.</summary>
    public bool IsRotating { get; init; }
}

/// <summary>RabbitMQ whose queues survive a restart: fixed host name, a volume of its own, a watermark below its limit.</summary>
public sealed class RabbitMq(string name, RabbitMqArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:RabbitMq";

    /// <summary>The port of AMQP.</summary>
    public const int Port = 5672;

    /// <summary>The port of the management pages.</summary>
    public const int ManagementPort = 15672;

    /// <summary>The port of its metrics.</summary>
    public const int MetricsPort = 15692;

    /// <summary>The user who has the new password while it is being rotated.</summary>
    public const string SecondUser = "infra_next";

    // Per queue by a request of its own: per object in all families would bring series for each connection and channel that ever was.
    private const string QueueMetrics = "/metrics/detailed?family=queue_coarse_metrics&family=queue_consumer_count";

    private const string Data = "/var/lib/rabbitmq";

    // Read by the server and by every tool, so by the probe as well.
    private static readonly ServiceFile Preparation = new("rabbitmq-env.conf", Script.Read("rabbitmq-env"));

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, RabbitMqArgs args)
    {
        var configuration = new ServiceFile(
            "rabbitmq.conf",
            RabbitMqConfiguration.Write(args.Image, args.Memory, args.ConsumerTimeout, args.Configuration)
        );
        var user = new ServiceFile("rabbitmq-user.config", FirstUser(args));
        var password = ServiceFile.For(args.Password);
        var probe = new RabbitMqProbe(Port, args.VirtualHost, args.QueueType, args.Definitions);
        var plugins = new ServiceFile("enabled_plugins", $"[{string.Join(',', Plugins(args))}].\n");
        return new ServiceSpec(Kind, name)
        {
            Role = ServiceRole.Broker,
            Image = args.Image,
            Command = ["rabbitmq-server"],
            // The data folder carries the node's name, and the node's name the host's.
            Hostname = args.Hostname ?? name,
            Environment = Variables.From(
                ("RABBITMQ_CONF_ENV_FILE", Preparation.Path),
                ("RABBITMQ_ADVANCED_CONFIG_FILE", user.Path),
                ("RABBITMQ_CONFIG_FILE", configuration.Path),
                ("RABBITMQ_ENABLED_PLUGINS_FILE", plugins.Path)),
            Files = [configuration, user, password, Preparation, .. probe.Files, plugins],
            Ports = [.. Published(args)],
            Mounts = [new VolumeMount(new Volume(args.Volume ?? name), Data), new TmpfsMount("/tmp", Size.MiB(64))],
            StatePaths = [Data],
            Health = HealthCheck.Exec("bash", "-c", probe.Command).At(args.Timing ?? ProbeTiming.Seconds(30, 15, 3)),
            Networks = args.Networks,
            Memory = args.Memory,
            ReservedMemory = args.ReservedMemory,
            Cpus = args.Cpus,
            Pids = 512,
            StopGrace = TimeSpan.FromSeconds(60),
            User = "rabbitmq",
            Capabilities = Capabilities.Only(),
            ReadOnly = true,
            Endpoint = new Endpoint("amqp", name, Port)
            {
                User = args.IsRotating ? SecondUser : args.User,
                Password = args.Password,
                Path = args.VirtualHost == "/" ? "//" : "/" + Uri.EscapeDataString(args.VirtualHost),
            },
            Metrics = args.Metrics ? [new MetricsEndpoint(MetricsPort), new MetricsEndpoint(MetricsPort, QueueMetrics) { Part = "queues" }] : [],
            Backup = new ServiceBackup(
                $"{name}.json",
                ["rabbitmqctl", "--quiet", "export_definitions", "-"],
                [.. Script.Command("rabbitmq-restore", args.User)])
            {
                LeavesOut = "the messages in its queues",
                AfterFailure = "What was imported until then stays, and nothing was removed. Restore it again, or from another backup.",
            },
            PasswordChange = new PasswordChange(args.Password, [.. Script.Command("rabbitmq-password", args.User)])
            {
                Addition = [.. Script.Command("rabbitmq-password", args.User, "second")],
                SecondUsers = [SecondUser],
                Check = [.. Script.Command("rabbitmq-password", args.IsRotating ? SecondUser : args.User, "check")],
                Removal = [.. Script.Command("rabbitmq-password", args.User, "remove")],
            },
        };
    }

    private static IEnumerable<Port> Published(RabbitMqArgs args)
    {
        if (args.Port is { } port) yield return new Port(Port, port);
        if (args.ManagementPort is { } management) yield return new Port(ManagementPort, management) { Scheme = "http" };
    }

    private static IEnumerable<string> Plugins(RabbitMqArgs args)
    {
        if (args.ManagementPort is not null) yield return "rabbitmq_management";
        if (args.Metrics) yield return "rabbitmq_prometheus";
    }

    // Made with the node's data. In Erlang's own terms: rabbitmq.conf takes some characters of a password for something else.
    private static Template FirstUser(RabbitMqArgs args) => Template.From($$"""
        [{rabbit, [
          {default_user, {{SecretForms.ErlangBinary(args.User)}}},
          {default_pass, {{args.Password.In(SecretForm.ErlangBinary)}}}{{VirtualHost(args)}}
        ]}].

        """);

    private static string VirtualHost(RabbitMqArgs args)
        => args.VirtualHost == "/" ? "" : $",\n  {{default_vhost, {SecretForms.ErlangBinary(args.VirtualHost)}}}";
}
