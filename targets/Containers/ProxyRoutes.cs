using System.Collections.Immutable;
using System.Globalization;
using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>
/// Keeps a proxy to the healthy containers. A new one answers to the service's name from the moment it listens: whoever
/// looked that up would send it requests that it cannot answer yet, or never will. So the proxy keeps to those of which its route's
/// command writes a file, here on a volume, by a step that comes after the new containers and before the old ones are deleted.
/// </summary>
internal sealed class ProxyRoutes(Naming naming, StackVolumes volumes, StartedServices started)
{
    /// <summary>What the step of a route and its volume are called: <c>proxy-to-web</c>.</summary>
    public static string NameOf(ServiceSpec proxy, Route route) => $"{proxy.Name}-to-{route.Service}";

    /// <summary>The volumes on which a proxy finds which container to use.</summary>
    public IEnumerable<ContainerVolumeArgs> Mount(ServiceSpec proxy) => Led(proxy).Select(led => Choice(proxy, led.Route, readOnly: true));

    /// <summary>Makes the steps.</summary>
    public void Lead(ServiceSpec proxy, Input<string> image, ComponentResource parent)
    {
        foreach (var (route, leaders) in Led(proxy))
        {
            InputList<Resource> before = leaders[^1];
            var step = new Docker.Container(NameOf(proxy, route), Args(proxy, route, image, leaders), ContainerOptions.For(parent, before));
            _ = step.ExitCode.Apply(code => code == 0 ? code : throw Failed(proxy, route, code));
        }
    }

    private IEnumerable<(Route Route, ImmutableArray<Docker.Container> Leaders)> Led(ServiceSpec proxy)
        => from route in proxy.Routes
           let leaders = started.Leaders(route.Service)
           where !leaders.IsEmpty
           select (route, leaders);

    private Docker.ContainerArgs Args(ServiceSpec proxy, Route route, Input<string> image, ImmutableArray<Docker.Container> leaders)
    {
        var args = OneShot.RootStep(naming, naming.Physical(NameOf(proxy, route)), image, proxy, Most);
        args.Entrypoints = route.PinTo[0];
        // Their ids are the change that makes Pulumi run it again.
        var among = Output.All(leaders.Select(leader => leader.Id)).Apply(Route.Among);
        args.Command = Unset.OrList(route.PinTo.Skip(1).Select(word => word == Route.Containers ? (Input<string>)among : word));
        args.Volumes = Choice(proxy, route, readOnly: false);
        args.RemoveVolumes = false;
        return args;
    }

    private static Size Most { get; } = Size.MiB(32);

    private ContainerVolumeArgs Choice(ServiceSpec proxy, Route route, bool readOnly) => new()
    {
        VolumeName = volumes.Name(new Volume(NameOf(proxy, route), HoldsState: false), proxy),
        ContainerPath = route.Folder,
        ReadOnly = readOnly,
    };

    private RunException Failed(ServiceSpec proxy, Route route, int exitCode) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{proxy.Name}: It could not be switched to the new {route.Service} (exit code {exitCode}), and the old one keeps serving. "
                    + $"Read `docker logs {naming.Physical(NameOf(proxy, route))}`, fix it, and run the same command again."
            )
        );
}
