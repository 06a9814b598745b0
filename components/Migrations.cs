using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Migrations"/> needs to know.</summary>
public sealed record MigrationsArgs : AppArgs
{
    /// <summary>The command, in exec form; it ends with 0 when the schema is as the image's code needs it.</summary>
    public required ImmutableArray<string> Command { get; init; }
}

/// <summary>
/// The step that brings the database's schema to the image's code, before any of that code serves. The version that serves
/// meanwhile must get along with the new schema.
/// </summary>
public sealed class Migrations(string name, MigrationsArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Migrations";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, MigrationsArgs args)
        => AppService.Describe(Kind, name, ServiceRole.Job, args, args.Command) with
        {
            Restart = RestartPolicy.No,
            StopGrace = TimeSpan.FromSeconds(30),
        };
}
