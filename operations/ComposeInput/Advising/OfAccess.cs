using System.Globalization;
using Infra.Model;
using static Infra.Operations.ComposeInput.Advising.Advice;
using static Infra.Operations.ComposeInput.Advising.AdviceTable;

namespace Infra.Operations.ComposeInput.Advising;

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
        Row(
            "UNPRIVILEGED capabilities",
            Warning("", "'cap_drop: [ALL]' with a 'cap_add' of those that it needs", "it keeps the engine's default capabilities")
        ),
        Row(
            "UNPRIVILEGED privileges",
            Warning("", "'security_opt: [\"no-new-privileges:true\"]'", "its processes may gain privileges through set-user-id programs")
        ),
        Row("UNPRIVILEGED added", Error("cap_add", "Drop those from 'cap_add' that it can do without.")),
        Row("UNPRIVILEGED mount", HostFolder),
        Row("UNPRIVILEGED device", Error("devices", "Drop the device, or give it only the one it needs.")),
    ];

    // All of a service's ports as one.
    private static Advice? Published(Advised found)
    {
        var open = found.Service.Ports.Where(port => !port.IsLoopback).DistinctBy(port => port.Host).ToArray();
        var first = open[0];
        if (first.Container.ToString(CultureInfo.InvariantCulture) != found.Subject) return null;
        var protocol = first.Protocol == "tcp" ? "" : "/" + first.Protocol;
        var loopback = FormattableString.Invariant($"'{Port.Loopback}:{first.Host}:{first.Container}{protocol}'");
        var ports = open.Length == 1
            ? FormattableString.Invariant($"port {first.Host} is")
            : $"ports {string.Join(", ", open.Select(port => port.Host.ToString(CultureInfo.InvariantCulture)))} are";
        var everyone = $"{ports} published on {first.Address}, past the host's firewall, to every machine that reaches this one";
        return found.IsStore
            ? Error(
                $"ports#{found.Subject}",
                $"Drop what only the other services ask, which reach it as '{found.Service.Name}:{found.Subject}', or publish {loopback}.",
                $"{everyone}, and what keeps the application's data answers there."
            )
            : Warning(
                $"ports#{found.Subject}",
                $"Publish {loopback} and let a proxy pass requests on, unless it is meant for all of them.",
                everyone + "."
            );
    }

    // What lies in the home of who runs it is no part of the system, even where that is root.
    private static Advice? HostFolder(Advised found)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var source = found.Service.Mounts.OfType<BindMount>().FirstOrDefault(mount => mount.Target == found.Subject)?.Source ?? "";
        return home.Length > 1 && source.StartsWith(home + "/", StringComparison.Ordinal) && !source.EndsWith(".sock", StringComparison.Ordinal)
            ? null
            : Error($"volumes#{found.Subject}", "Drop the mount, or mount only what it needs.");
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
