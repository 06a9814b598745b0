using Infra.Model;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>Variables that let everybody into a store.</summary>
internal static class OpenStores
{
    public static ComposeRule Rule { get; } = new("STORE-PASSWORD", Severity.Warning, "Every store asks for a password", Check);

    private static readonly (string Name, string[] Values, string Do)[] Switches =
    [
        ("POSTGRES_HOST_AUTH_METHOD", ["trust"], "Drop the variable, and set 'POSTGRES_PASSWORD_FILE'."),
        ("ALLOW_EMPTY_PASSWORD", ["yes", "true", "1"], "Drop the variable, and set a password."),
        ("MYSQL_ALLOW_EMPTY_PASSWORD", ["yes", "true", "1"], "Drop the variable, and set 'MYSQL_ROOT_PASSWORD_FILE'."),
        ("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", ["yes", "true", "1"], "Drop the variable, and set 'MARIADB_ROOT_PASSWORD_FILE'."),
        ("xpack.security.enabled", ["false"], "Drop the variable, and set 'ELASTIC_PASSWORD'."),
        ("DISABLE_SECURITY_PLUGIN", ["true"], "Drop the variable, and set 'OPENSEARCH_INITIAL_ADMIN_PASSWORD'."),
        ("plugins.security.disabled", ["true"], "Drop the variable, and set 'OPENSEARCH_INITIAL_ADMIN_PASSWORD'."),
        ("NEO4J_AUTH", ["none"], "Set it to 'neo4j/PASSWORD', from 'NEO4J_AUTH_FILE'."),
    ];

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        reviewed.Application.Services.SelectMany(service => Check(service, reviewed.Topology.Find(service.Name)!));

    private static IEnumerable<KeyedFinding> Check(ComposeService service, ServiceSpec spec)
    {
        var severity = spec.Ports.Any(port => !port.IsLoopback) ? Severity.Error : Severity.Warning;
        var variables = service.Map("environment").ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
        foreach (var (name, values, action) in Switches)
            if (variables.GetValueOrDefault(name) is { } value && values.Contains(value.ToLowerInvariant()))
                yield return Rule.Found(severity, service.Name, $"environment.{name}", $"'{name}: {value}' lets everybody in.", action);
        if (service.Text("image") is { } image && Recognition.KnownImage.Bare(image) == "mongo" && !service.Words("command").Contains("--auth")
            && !variables.Keys.Any(name => name.StartsWith("MONGO_INITDB_ROOT_", StringComparison.Ordinal)))
            yield return Rule.Found(
                severity,
                service.Name,
                "",
                "MongoDB asks for no password until it is given a first user.",
                "Set 'MONGO_INITDB_ROOT_USERNAME' and 'MONGO_INITDB_ROOT_PASSWORD_FILE'."
            );
        if (spec.Role == ServiceRole.Broker && Recognition.KnownImage.Bare(service.Text("image") ?? "") == "rabbitmq"
            && !variables.Keys.Any(name => name.StartsWith("RABBITMQ_DEFAULT_", StringComparison.Ordinal))
            && !spec.Mounts.Any(mount => mount.Target.StartsWith("/etc/rabbitmq", StringComparison.Ordinal)))
            yield return Rule.Found(
                severity,
                service.Name,
                "",
                "RabbitMQ's user is 'guest' with the password 'guest', which its image lets in from everywhere.",
                "Set 'RABBITMQ_DEFAULT_USER' and 'RABBITMQ_DEFAULT_PASS'."
            );
    }
}
