using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>The stack's networks, each made once, by the first service that is on it.</summary>
internal sealed class StackNetworks(Naming naming)
{
    /// <summary>
    /// Never the network itself: a container that is made on a network is not connected to it again, and loses the aliases.
    /// The provider leaves the bridge before the container starts.
    /// </summary>
    public const string Mode = "bridge";

    private readonly Dictionary<string, Docker.Network> made = new(StringComparer.Ordinal);

    /// <summary>The service's places, under its own name and its aliases.</summary>
    public InputList<ContainerNetworksAdvancedArgs> Attachments(ServiceSpec spec) =>
        Unset.OrList(
            spec.Networks.Select(place => new ContainerNetworksAdvancedArgs
            {
                Name = Make(place.Network).Name,
                Aliases = place.Aliases.Insert(0, spec.Name).Distinct(StringComparer.Ordinal).ToArray(),
            })
        );

    /// <summary>
    /// The networks themselves, not their names.
    /// One that was removed and created again has the same name, and no container on it.
    /// </summary>
    public Output<string> Ids(ServiceSpec spec) =>
        Output.All(spec.Networks.Select(place => Make(place.Network).Id)).Apply(ids => string.Join(' ', ids));

    private Docker.Network Make(Network network)
    {
        if (made.TryGetValue(network.Name, out var resource)) return resource;
        return made[network.Name] = new Docker.Network(network.Name, new Docker.NetworkArgs
        {
            Name = naming.Physical(network.Name),
            Internal = network.Internal,
            Ipv6 = network.IPv6 ? true : null,
            Options = Unset.OrMap(network.DriverOptions),
            Labels = Unset.OrList(ContainerLabels.ForStack(naming).Select(label => new NetworkLabelArgs { Label = label.Name, Value = label.Value })),
        });
    }
}
