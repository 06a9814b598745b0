using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Published ports: on 127.0.0.1, but for what stands in front of the application.</summary>
internal static partial class PortImport
{
    private static readonly string[] Said = ["target", "published", "host_ip", "protocol"];

    /// <summary>The port that a service listens on, by what the file says of it; nothing where that is not clear.</summary>
    public static int? ListeningPort(ImportScope scope, ComposeService service, int known)
    {
        var command = string.Join(' ', scope.Recognizer.CommandOf(service));
        if (InCommand().Match(command) is { Success: true } match)
        {
            var text = match.Groups.Values.Skip(1).First(group => group.Success).Value;
            return int.Parse(text, CultureInfo.InvariantCulture);
        }

        var targets = service.Items("ports")
            .Where(port => ComposeService.TextOf(port["protocol"]) is null or "tcp").Select(port =>
                Number(port, "target")).OfType<int>().Distinct().ToArray();
        if (known > 0 && (targets.Length == 0 || targets.Contains(known))) return known;
        if (targets.Length > 0) return targets[0];
        if (service.Words("expose") is [var exposed, ..] && int.TryParse(exposed.Split('/', '-')[0], out var port)) return port;
        return Traefik(service);
    }

    public static void Write(ImportScope scope, ServicePlan plan)
    {
        var further = new List<string>();
        foreach (var (at, port) in plan.Service.Items("ports").Index())
        {
            var key = FormattableString.Invariant($"ports[{at}]");
            if (Number(port, "target") is not { } target) continue;
            if (Number(port, "published") is not { } published)
            {
                plan.Ledger.NotCarried(
                    key,
                    "The engine would choose its port on this machine anew each time.",
                    $"Write the port in ports: '8080:{target}'.",
                    Said
                );
                continue;
            }

            var (address, protocol) = (ComposeService.TextOf(port["host_ip"]), ComposeService.TextOf(port["protocol"]) ?? "tcp");
            if (protocol is not ("tcp" or "udp"))
            {
                plan.Ledger.NotCarried(key, $"'{protocol}' is not published.", "Publish it as tcp or udp.", Said);
                continue;
            }

            var isLoopback = address is "127.0.0.1" or "::1" or "localhost";
            var stays = !isLoopback && IsFront(scope, plan, published);
            var where = stays ? address ?? "0.0.0.0" : address is "::1" ? "[::1]" : "127.0.0.1";
            Tell(scope, plan, key, (address ?? "0.0.0.0", where, published), stays, isLoopback);
            var shortest = where == "127.0.0.1" ? published == target && protocol == "tcp" ? $"{target}" : $"{published}:{target}"
                : $"{where}:{published}:{target}";
            if (where == "127.0.0.1" && protocol == "tcp" && OwnKey(plan, target) is { } own && plan.Settings[own] is null)
                plan.Settings.Set(own, SettingsNode.Number(published));
            else further.Add(protocol == "udp" ? $"{shortest}/udp" : shortest);
        }

        plan.Settings.Set("ports", SettingsNode.List(further.Distinct()));
    }

    private static void Tell(ImportScope scope, ServicePlan plan, string key, (string Was, string Is, int Port) address, bool stays, bool isLoopback)
    {
        if (isLoopback)
        {
            plan.Ledger.Carried(key, $"127.0.0.1:{address.Port}", Said);
        }
        else if (stays)
        {
            plan.Ledger.Decide(
                key,
                $"Port {address.Port} stays open on {address.Is}: it is the application's way in.",
                "Keep the waiver, or let infra:proxy answer in its place, and publish it on 127.0.0.1.",
                Said
            );
            scope.Waivers[$"LOOPBACK-PORTS.{plan.SettingsName}"] = "It is the application's own server in front.";
        }
        else
        {
            plan.Ledger.Improved(key, $"{address.Was}:{address.Port}", $"127.0.0.1:{address.Port}", Said);
        }
    }

    // A proxy is there to be reached, and so is in production what stands at the ports of the web.
    private static bool IsFront(ImportScope scope, ServicePlan plan, int published) =>
        plan.IsFront || (scope.IsProd && !plan.IsStore && published is 80 or 443 && !scope.Plans.Any(other => other.IsFront));

    private static string? OwnKey(ServicePlan plan, int target) => plan.Kind switch
    {
        "postgres" or "redis" or "valkey" or "pgbouncer" when target == plan.Store!.Port => "port",
        "rabbitmq" when target == 5672 => "port",
        "rabbitmq" when target == 15672 => "managementPort",
        "flower" when target == 5555 => "port",
        "web" when target == plan.Port => "port",
        _ => null,
    };

    // The port that Traefik is told to ask at.
    private static int? Traefik(ComposeService service) => service.Map("labels")
        .Where(label => label.Key.EndsWith(".loadbalancer.server.port", StringComparison.Ordinal))
        .Select(label => int.TryParse(label.Value, out var port) ? port : (int?)null).FirstOrDefault();

    private static int? Number(JsonObject port, string name) =>
        int.TryParse(ComposeService.TextOf(port[name]), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : null;

    [GeneratedRegex(
        @"(?:--bind[= ]|-b[= ]?|--http(?:-socket|-port)?[= ]|--listen[= ])['""]?(?:[\w.\[\]:]*:)?([0-9]{2,5})\b"
            + @"|(?:--port[= ]|--server\.port[= ]|-p[= ]?)([0-9]{2,5})\b"
            + @"|runserver(?:_plus)?\s+(?:[\w.\[\]:]*:)?([0-9]{2,5})\b"
    )]
    private static partial Regex InCommand();
}
