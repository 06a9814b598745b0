using Infra.Components.Monitoring;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="RedisExporter"/> needs to know.</summary>
public sealed record RedisExporterArgs() : MonitoringArgs(Images.RedisExporter, Size.MiB(64), Cpu.Cores(0.25m))
{
    /// <summary>The Redis that it watches; its address and its secret come along.</summary>
    public required ServiceSpec Redis { get; init; }
}

/// <summary>The Redis exporter. It does not wait for its Redis: that it is away is a metric too.</summary>
public sealed class RedisExporter(string name, RedisExporterArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:RedisExporter";

    /// <summary>The port it listens on.</summary>
    public const int Port = 9121;

    /// <summary>The service that these arguments make.</summary>
    /// <exception cref="ArgumentException">It is no Redis.</exception>
    public static ServiceSpec Describe(string name, RedisExporterArgs args)
    {
        if (args.Redis.Endpoint is not { Scheme: "redis" } redis)
            throw new ArgumentException($"'{args.Redis.Name}' offers no address of a Redis, so '{name}' cannot watch it.");
        var address = FormattableString.Invariant($"redis://{redis.Host}:{redis.Port}");
        // It wants passwords by address, as JSON.
        var passwords = redis.Password is { } password
            ? new ServiceFile($"{name}.json", Template.From($$"""{"{{address}}": {{password.In(SecretForm.Quoted)}}}"""))
            : null;
        return MonitoringService.Describe(Kind, name, args, Port, "/health") with
        {
            Environment = Variables.From(
                [
                    ("REDIS_ADDR", address),
                    // Else everybody on its networks may have it connect to any other. Known since 1.83; Debian 13 has 1.69.
                    ("REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT", "true"),
                    .. passwords is null ? Array.Empty<(string, Template)>() : [("REDIS_PASSWORD_FILE", passwords.Path)],
                ]),
            Files = passwords is null ? [] : [passwords],
            Networks = MonitoringService.Beside(args.Redis),
            User = "59000:59000",
            Metrics = [new MetricsEndpoint(Port)],
        };
    }
}
