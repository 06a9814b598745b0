using Infra.Components.Monitoring;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="PostgresExporter"/> needs to know.</summary>
public sealed record PostgresExporterArgs() : MonitoringArgs(Images.PostgresExporter, Size.MiB(64), Cpu.Cores(0.25m))
{
    /// <summary>The database that it watches; its address and its secret come along.</summary>
    public required ServiceSpec Database { get; init; }
}

/// <summary>The Postgres exporter. It does not wait for its database: that it is away is a metric too.</summary>
public sealed class PostgresExporter(string name, PostgresExporterArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:PostgresExporter";

    /// <summary>The port it listens on.</summary>
    public const int Port = 9187;

    /// <summary>The service that these arguments make.</summary>
    /// <exception cref="ArgumentException">The database has no address with a password.</exception>
    public static ServiceSpec Describe(string name, PostgresExporterArgs args)
    {
        if (args.Database.Endpoint is not { Password: { } secret } database)
            throw new ArgumentException($"'{args.Database.Name}' offers no address with a password, so '{name}' cannot watch it.");
        // With a blank in it, the exporter measures nothing and writes the whole address into its log.
        var password = new ServiceFile(secret.Name, secret.In(SecretForm.Word));
        return MonitoringService.Describe(Kind, name, args, Port, "/") with
        {
            Environment = Variables.From(
                ("DATA_SOURCE_URI", FormattableString.Invariant($"{database.Host}:{database.Port}{database.Path}?sslmode=disable")),
                ("DATA_SOURCE_USER", Postgres.LoginOf(database, Postgres.MonitorRole)),
                ("DATA_SOURCE_PASS_FILE", password.Path)),
            Files = [password],
            Networks = MonitoringService.Beside(args.Database),
            Metrics = [new MetricsEndpoint(Port)],
        };
    }
}
