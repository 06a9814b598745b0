using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;

namespace Infra.Targets.Containers;

/// <summary>Published ports, in the order in which the provider reads them back: any other order is a difference.</summary>
internal static class Ports
{
    public static InputList<ContainerPortArgs> Published(ServiceSpec spec) =>
        Unset.OrList(
            spec.Ports.OrderBy(port => port.Container)
                .ThenBy(port => port.Protocol, StringComparer.Ordinal)
                .ThenBy(port => port.Host)
                .Select(port => new ContainerPortArgs
                {
                    Internal = port.Container,
                    External = port.Host,
                    Ip = port.Address,
                    Protocol = port.Protocol,
                })
        );
}
