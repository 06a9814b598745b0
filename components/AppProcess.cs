using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="AppProcess"/> needs to know.</summary>
public sealed record AppProcessArgs : AppArgs
{
    /// <summary>How many containers run it side by side; one, under a name of its own, when unset.</summary>
    public int? Replicas { get; init; }

    /// <summary>The command, in exec form; the image's own when empty.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>The port that it listens on, for others; none when unset.</summary>
    public int? Port { get; init; }
}

/// <summary>
/// A process of the application's image that neither answers the world's requests nor is Celery's: a worker of
/// RQ or arq, a scheduler, a loop.
/// </summary>
public sealed class AppProcess(string name, AppProcessArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:AppProcess";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, AppProcessArgs args) =>
        AppService.Describe(Kind, name, ServiceRole.Worker, args, args.Command) with
        {
            Endpoint = args.Port is { } port ? new Endpoint("http", name, port) : null,
            StopGrace = TimeSpan.FromSeconds(30),
            Replicas = args.Replicas,
        };
}
