using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Container"/> needs to know.</summary>
public sealed record ContainerArgs : AppArgs
{
    /// <summary>How many containers run it side by side; one, under a name of its own, when unset.</summary>
    public int? Replicas { get; init; }

    /// <summary>The command, in exec form; the image's own when empty.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>The port that others reach it at; none when unset.</summary>
    public int? Port { get; init; }

    /// <summary>The scheme of its URL. Defaults to <c>http</c>.</summary>
    public string Scheme { get; init; } = "http";

    /// <summary>The probe; none when unset.</summary>
    public HealthCheck? Health { get; init; }

    internal override ImmutableSortedDictionary<string, Template> Usual => Variables.None;
}

/// <summary>A service of one's own from any image: a search engine, an object store, a mail catcher, a frontend.</summary>
public sealed class Container(string name, ContainerArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Container";

    // What entrypoints need that begin as root, make a folder their user's and become that user.
    private static readonly string[] Starting = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "NET_BIND_SERVICE", "SETGID", "SETUID"];

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, ContainerArgs args)
    {
        var spec = AppService.Describe(Kind, name, ServiceRole.Other, args, args.Command);
        return spec with
        {
            // An image may have something in its /tmp, and its owner of a volume is set up by its own entrypoint.
            Mounts = [.. spec.Mounts.Where(mount => args.ReadOnly || mount is not TmpfsMount)],
            VolumeOpener = [],
            StatePaths = [.. args.Mounts.OfType<VolumeMount>().Where(mount => !mount.ReadOnly).Select(mount => mount.Target)],
            Capabilities = Capabilities.Only(Starting),
            Pids = 512,
            Health = args.Health,
            Replicas = args.Replicas,
            Endpoint = args.Port is { } port ? new Endpoint(args.Scheme, name, port) : null,
        };
    }
}
