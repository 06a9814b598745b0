using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Running;

namespace Infra.Operations.ComposeEngine;

/// <summary>What is to be done around Compose's own work, and in which order, to bring the existing containers to the desired state.</summary>
/// <param name="Steps">The steps to run, those that completed from the same description left out.</param>
/// <param name="Replaced">The services of which a new container is to start before the old one ends.</param>
/// <param name="First">What these wait for, to be brought up before them.</param>
/// <param name="Recreate">The services to recreate although Compose sees no difference, each before or after Compose runs.</param>
public sealed record UpPlan(
    ImmutableArray<ServiceSpec> Steps, ImmutableArray<ServiceSpec> Replaced, ImmutableArray<string> First, ImmutableArray<string> Recreate)
{
    public static UpPlan For(Topology topology, DesiredState desired, ImmutableArray<ContainerState> existing)
    {
        var steps = topology
            .InStartOrder()
            .Where(service =>
                service.IsStep()
                && !existing.Any(container => container.Service == service.Name && container.IsCompleted && desired.IsMetBy(container))
            )
            .ToImmutableArray();
        var switched = topology.Services.Where(service => IsToSwitch(service, topology, desired, existing)).ToImmutableArray();
        var first = steps.Concat(switched).SelectMany(service => service.WaitsFor).Select(wait => wait.Service).Distinct()
            .Where(name => topology.Find(name) is { } service && !service.IsStep() && !switched.Contains(service)).ToImmutableArray();
        var recreate = topology.Services.Where(service => desired.Changed.Contains(service.Name) && !service.IsStep() && !switched.Contains(service))
            .Select(service => service.Name).ToImmutableArray();
        return new UpPlan(steps, switched, first, recreate);
    }

    // Without a running old one, or a proxy that can be pinned to it, there is no downtime to avoid.
    private static bool IsToSwitch(ServiceSpec service, Topology topology, DesiredState desired, ImmutableArray<ContainerState> existing)
    {
        var own = existing.Where(container => container.Service == service.Name).ToArray();
        return service.Replacement == Replacement.StartFirst && own.Any(container => container.IsRunning && !desired.IsMetBy(container))
            && RunningProxy.Before(service, topology, existing) is not null;
    }
}
