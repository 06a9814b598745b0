using System.Globalization;
using Infra.Model;
using static Infra.Operations.ComposeInput.Review.Advising.Advice;
using static Infra.Operations.ComposeInput.Review.Advising.AdviceTable;

namespace Infra.Operations.ComposeInput.Review.Advising;

/// <summary>Secrets, ports, servers and the way to the host.</summary>
internal static class OfAccess
{
    public static IEnumerable<KeyValuePair<string, Func<Advised, Advice?>>> Rows { get; } =
    [
        None("SECRETS-NOT-IN-ENV secret"),
        Row("SECRETS-NOT-IN-ENV variable", WrittenSecrets.Variable),
        Row("SECRETS-NOT-IN-ENV argument", WrittenSecrets.Argument),
        Row("SECRETS-NOT-IN-ENV command", WrittenSecrets.Command),
        Row("STORE-PASSWORD", Open),
        Row("LOOPBACK-PORTS port", Published),
        Row(
            "REACHABLE address",
            found => Error("command", $"Write '{found.Subject}' in its command.")
        ),
        Row(
            "REACHABLE no-address",
            found => Warning("command", $"Write '{found.Subject}' in its command, unless its image or its code says another.")
        ),
        Row("REACHABLE port", found => Error("ports", "Publish the port that it listens on, or let it listen on the one that is published.")),
        Row("NO-PORT-CLASH twice", found => Error($"ports#{found.Subject}", "Drop one of the two.")),
        Row("NO-PORT-CLASH clash", found => Error($"ports#{found.Subject}", "Give one of them another port on the host.")),
        Row("UNPRIVILEGED root", Warning("user", "Name a user of its own, or drop all capabilities that it does not need ('cap_drop: [ALL]').")),
        Row("UNPRIVILEGED capabilities", Warning("", "'cap_drop: [ALL]' with a 'cap_add' of those that it needs", "it keeps the engine's default capabilities")),
        Row(
            "UNPRIVILEGED privileges",
            Warning("", "'security_opt: [\"no-new-privileges:true\"]'", "its processes may gain privileges through set-user-id programs")
        ),
        Row("UNPRIVILEGED added", Error("cap_add", "Drop those from 'cap_add' that it can do without.")),
        Row("UNPRIVILEGED mount", found => Error($"volumes#{found.Subject}", "Drop the mount, or mount only what it needs.")),
        Row("UNPRIVILEGED device", Error("devices", "Drop the device, or give it only the one it needs.")),
    ];

    private static Advice Published(Advised found)
    {
        var key = $"ports#{found.Subject}";
        var port = found.Service.Ports.First(port => port.Container.ToString(CultureInfo.InvariantCulture) == found.Subject && !port.IsLoopback);
        var loopback = FormattableString.Invariant($"'{Port.Loopback}:{port.Host}:{port.Container}'");
        var everyone = $"port {port.Host} is published on {port.Address}, past the host's firewall, to every machine that reaches this one";
        return found.IsStore
            ? Error(
                key,
                $"Drop the port, since the other services reach it as '{found.Service.Name}:{found.Subject}', or publish {loopback}.",
                $"{everyone}, and it is a {found.Service.Role.ToString().ToLowerInvariant()}."
            )
            : Warning(key, $"Publish {loopback} and let a proxy pass requests on, unless it is meant for all of them.", everyone + ".");
    }

    private static Advice Open(Advised found)
    {
        var isPublished = found.Service.Ports.Any(port => !port.IsLoopback);
        return new Advice(
            isPublished ? Severity.Error : Severity.Warning,
            found.Keys.At("command") is null ? "" : "command",
            "Start it with '--requirepass', and give its clients that password.",
            isPublished
                ? "it asks for no password and is published: every machine that reaches this one can read, change and remove what is in it."
                : null
        );
    }
}
