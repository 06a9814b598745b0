using System.Collections.Immutable;
using Infra.Components.Programs;
using Infra.Model;

namespace Infra.Components.Parts;

/// <summary>Asks RabbitMQ whether it is well, once it has what its settings say: who waits for the broker finds it as it is described.</summary>
/// <param name="port">The port of AMQP.</param>
/// <param name="virtualHost">Its virtual host.</param>
/// <param name="type">The type of the queues that are declared without one; nothing is said of it when unset.</param>
/// <param name="definitions">Definitions in JSON; none when unset.</param>
internal sealed class RabbitMqProbe(int port, string virtualHost, QueueType? type, string? definitions)
{
    private const string Asked = "/tmp/asked";

    private static readonly ServiceFile Queues = new("rabbitmq-queues.sh", Script.Read("rabbitmq-queues"));

    private static readonly ServiceFile SetupScript = new("rabbitmq-setup.sh", Script.Read("rabbitmq-setup"));

    /// <summary>The files that it needs.</summary>
    public ImmutableArray<ServiceFile> Files =>
        [Queues, .. HasSetup ? [SetupScript] : Array.Empty<ServiceFile>(), .. Definitions is { } file ? [file] : Array.Empty<ServiceFile>()];

    /// <summary>
    /// What bash runs. RabbitMQ opens its listener as the last step of its boot: that is the first success. From then on each probe asks the
    /// node itself too, which starts an Erlang VM (1 to 2 s of work) and so comes seldom: whether its queues run every other minute, and
    /// until they do, and else whether it answers. A new start finds an empty /tmp.
    /// </summary>
    public string Command =>
        $"exec 3<>/dev/tcp/127.0.0.1/{port} || exit 1; [ -e {Asked} ] || {{ {Setup}: >{Asked}; exit; }}; "
        + $"[ -n \"$(find {Asked} -mmin -2)\" ] || exec bash {Queues.Path} {Asked}; rabbitmq-diagnostics -q ping";

    private bool HasSetup => type is not null || definitions is not null;

    private ServiceFile? Definitions => definitions is null ? null : new ServiceFile("definitions.json", definitions);

    private string Setup => HasSetup
        ? $"bash {SetupScript.Path} {virtualHost} '{type?.ToString().ToLowerInvariant()}' {Definitions?.Path} && "
        : "";
}
