using static Infra.Operations.ComposeInput.Advising.Advice;
using static Infra.Operations.ComposeInput.Advising.AdviceTable;

namespace Infra.Operations.ComposeInput.Advising;

/// <summary>Waits, probes, restarts, ends and how many there are of a service.</summary>
internal static class OfRunning
{
    private const string Silent = "so nothing notices when it stops working.";

    public static IEnumerable<KeyValuePair<string, Func<Advised, Advice?>>> Rows { get; } =
    [
        None("WAITS-HAVE-PROBES missing"),
        Row("WAITS-HAVE-PROBES no-probe", NoProbe),
        Row(
            "WAITS-HAVE-PROBES never-ends",
            found => Error("depends_on", $"Set 'restart: \"no\"' or 'on-failure' at '{found.Subject}', or wait with 'condition: service_healthy'.")
        ),
        None("NO-CYCLES itself"),
        None("NO-CYCLES circle"),
        Row("HEALTHCHECK none", Unprobed),
        Row("HEALTHCHECK cannot-fail", Error("healthcheck", "Probe what it serves: a request, a ping, the age of a file that it touches.")),
        Row("HEALTHCHECK celery", Error("healthcheck", "Probe what it offers itself, or the age of a file that it touches while it works.")),
        Row("HEALTHCHECK heartbeat", Warning("healthcheck", "Let it touch the file while it works.")),
        Row("RESTART down", Down),
        Row("RESTART job", Error("restart", "Set 'restart: \"no\"', or 'on-failure'.")),
        Row("STOP-GRACE", Warning("stop_grace_period", "Set 'stop_grace_period: 30s' or longer.")),
        None("START-FIRST"),
        Row(
            "ONE-BEAT replicas",
            Error("deploy.replicas", "Run one of it: 'deploy.replicas: 1', and the schedule ('celery beat') apart from the workers.")
        ),
        Row("ONE-BEAT several", Error("command", "Keep one: remove the other service, or take '-B' ('--beat') from the worker's command.")),
        Row(
            "REPLICAS port",
            found => Error($"ports#{found.Subject}", "Publish no port, or a range of as many: a proxy and the other services reach it by its name.")
        ),
        Row("REPLICAS container-name", Error("container_name", "Remove 'container_name'.")),
        Row("REPLICAS hostname", Warning("hostname", "Remove 'hostname'.")),
        Row("REPLICAS state", Error("deploy.replicas", "Run one of it, or keep the state in a service of its own.")),
        None("REPLICAS step"),
        None("REPLICAS numbered"),
        Row("REPLICAS node-name", Warning("command", "Write %h in the name: '-n worker@%h'.")),
    ];

    // Whether a published image has a probe is in the image.
    private static Advice? NoProbe(Advised found)
    {
        var awaited = found.Subject;
        if (found.Reviewed.What(awaited).Image is { HasProbe: true }) return null;
        return found.Reviewed.IsUnknown(awaited)
            ? Warning(
                "depends_on",
                $"Give '{awaited}' a 'healthcheck', unless its image has one.",
                $"waits for '{awaited}' to be healthy, and this file gives '{awaited}' no health check: without one in its image, nothing starts."
            )
            : Error("depends_on", $"Give '{awaited}' a 'healthcheck', or wait with 'condition: service_started'.");
    }

    private static Advice? Unprobed(Advised found) => found switch
    {
        _ when found.Reviewed.What(found.Service.Name).Image is { HasProbe: true } && !found.Keys.Flag("healthcheck.disable") => null,
        _ when found.Keys.At("healthcheck") is not null => Warning(
            "healthcheck",
            "Give it a test that can fail.",
            $"its health check is switched off, {Silent}"
        ),
        _ when found.Reviewed.IsUnknown(found.Service.Name) => Warning(
            "",
            "Add a 'healthcheck', unless the image has one that fits.",
            "no health check in this file: unless its image has one, nothing notices when it stops working."
        ),
        _ => Warning("", "Add a 'healthcheck'.", $"no health check, {Silent}"),
    };

    // "no" is an answer; nothing is none.
    private static Advice? Down(Advised found) =>
        found.Keys.At("restart") is not null || found.Keys.At("deploy.restart_policy") is not null
            ? null
            : Warning(
                "",
                "Set 'restart: unless-stopped', or 'restart: \"no\"' where it is meant to end.",
                "no restart policy: it stays down after a crash, and when the machine has been started again."
            );
}
