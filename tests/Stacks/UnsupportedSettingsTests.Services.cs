using System.Text.Json.Nodes;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Stacks.Services;

namespace Infra.Tests.Stacks;

/// <content>The settings of services, by the names that they have in a stack.</content>
public sealed partial class UnsupportedSettingsTests
{
    // The same of services, by kind and key, or by the key alone.
    private static readonly Dictionary<string, string> OfServices = new()
    {
        ["beat.ask"] = "schedule",
        ["worker.ask"] = "ping",
        ["ask"] = "incr",
        ["capabilities"] = """["NET_RAW"]""",
        ["client"] = "curl",
        ["definitions"] = "global.json",
        ["delivery"] = "export",
        ["devices"] = """["/dev/dri"]""",
        ["dns"] = """["10.0.0.2"]""",
        ["extraHosts"] = """{"host.docker.internal": "host-gateway"}""",
        ["gpus"] = "1",
        ["logging.driver"] = "journald",
        ["logging.options"] = """{"max-size": "2m"}""",
        ["mode"] = "session",
        ["networks"] = """["other"]""",
        ["redis.parameters"] = """{"io-threads": "4"}""",
        ["valkey.parameters"] = """{"io-threads": "4"}""",
        ["platform"] = "linux/amd64",
        ["queueType"] = "quorum",
        ["sysctls"] = """{"net.core.somaxconn": "1024"}""",
        ["timeZone"] = "Europe/Madrid",
        ["tmpfs"] = """{"/run/other": "16MiB"}""",
        ["ulimits"] = """{"nofile": "10240"}""",
        ["external.tls"] = "require",
        ["tls"] = "require",
        ["eviction"] = "all-keys-lru",
        ["files"] = """{"note": "text"}""",
        ["folders"] = """{"/etc/other": "docs"}""",
        ["pool"] = "threads",
        ["ports"] = """["19999"]""",
        ["postgres.image"] = "postgres:16-alpine",
        ["probe.file"] = "/tmp/alive",
        ["probe.http"] = ":9200/well",
        ["public"] = """["RECAPTCHA_TOKEN"]""",
        ["restart"] = "on-failure",
        ["schedule"] = "/srv/beat/schedule",
        ["secrets"] = """["STRIPE_KEY"]""",
        ["stopSignal"] = "SIGQUIT",
        ["user"] = "other",
        ["volume"] = "other",
        ["volumes"] = """{"media": "/srv/media"}""",
        ["workingDirectory"] = "/srv/other",
    };

    // Every setting that the stack could have, those of services by their names in it.
    private static IEnumerable<Setting> Settable(string stack) =>
        SettingsParser.Declared(stack == "prod" ? EnvironmentKind.Prod : EnvironmentKind.Dev)
            .Where(setting => setting.Kind is not null && setting.Path is not ("environment" or "system"))
            .SelectMany(setting =>
                KeyOf(setting.Path) is not var (of, key)
                    ? [setting]
                    : Services(stack)
                        .Where(service => service.Kind == of && Shows(service.Kind, key))
                        .Select(service => setting with { Path = $"services.{service.Name}.{key}" })
            );

    // Another kind has other keys, and a reason for having no probe changes nothing where there is none.
    private static bool Shows(string kind, string key) =>
        key != "kind" && (key is not ("probe.none" or "probe.image") || kind is not ("process" or "step" or "container"));

    private static (string Kind, string Key)? KeyOf(string path) => path.Split('.', 3) is ["services", var kind, var key] ? (kind, key) : null;

    private static IEnumerable<(string Name, string Kind)> Services(string stack) => SystemOf(stack) is { } system
        ? SystemServices.Of(system).Select(service => (service.Name, service.Kind))
        : ServiceKinds.All.Select(kind => (kind.Name, kind.Name));

    private static SystemKind? SystemOf(string stack) =>
        Enum.TryParse<SystemKind>(StackKindNames.Each.Single(each => each.Name == stack).Kind.ToString(), out var system) ? system : null;

    private static bool IsOfDevelopment(string path) =>
        OfDevelopment.Contains(path)
        || (path.StartsWith("services.", StringComparison.Ordinal) && path.EndsWith(".reload", StringComparison.Ordinal));

    private static string[] Samplings(string stack, Setting setting, JsonObject without)
    {
        if (KeyOf(setting.Path) is not var (name, key)) return [Sample(setting, without)];
        var kind = Services(stack).First(service => service.Name == name).Kind;
        if (setting.Kind!.Name == "true, false")
            return ["true", "false"];
        if (key == "after")
            return [$"[\"{Other(stack, name)}\"]"];
        return [OfServices.GetValueOrDefault($"{kind}.{key}") ?? OfServices.GetValueOrDefault(key) ?? Sample(setting, without)];
    }

    // What a key of a service shows itself beside.
    private static IEnumerable<(string Key, string Value)> Besides(string kind, string key) =>
        (kind, key) switch
        {
            ("postgres", "major") => [("image", "acme/postgres:latest")],
            ("container", "scheme") => [("containerPort", "8025"), ("command", "serve")],
            (_, "delivery") => [("secrets", """["STRIPE_KEY"]""")],
            (_, "probe.fileAgeSeconds") => [("probe.file", "/tmp/alive")],
            (
                "process"
                    or "step"
                    or "container",
                "probe.intervalSeconds"
                    or "probe.timeoutSeconds"
                    or "probe.retries"
                    or "probe.startPeriodSeconds"
            ) => [("probe.tcp", "9000")],
            _ => [],
        };

    // A pool waits for its database anyway.
    private static string Other(string stack, string name) => Services(stack)
        .Where(other => other.Name != name && (name, other.Kind) is not ("pgbouncer", "postgres"))
        .First(other => other.Kind is "container" or "postgres" or "redis" or "web")
        .Name;
}
