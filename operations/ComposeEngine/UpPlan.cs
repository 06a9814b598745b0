using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Running;

namespace Infra.Operations.ComposeEngine;

/// <summary>What is to be done around Compose's own work, and in which order, to bring the existing containers to the desired state.</summary>
/// <param name="Steps">The steps to run, those that completed from the same description left out.</param>
/// <param name="Replaced">The services whose containers are replaced, added or taken away one after the other.</param>
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

    // Without a running one, or a proxy that can be kept to it, there is no downtime to avoid; and what needs no proxy
    // is replaced one after the other where there are several, which Compose would do with all of them at a time.
    private static bool IsToSwitch(ServiceSpec service, Topology topology, DesiredState desired, ImmutableArray<ContainerState> existing)
    {
        var running = existing.Where(container => container.Service == service.Name && container.IsRunning).ToArray();
        var asDesired = running.Count(desired.IsMetBy);
        return service.Replacement == Replacement.StartFirst
            ? running.Length > 0
                && (asDesired < running.Length || asDesired != service.Containers())
                && RunningProxy.Before(service, topology, existing) is not null
            : service.Containers() > 1 && running.Length > 1 && asDesired < running.Length;
    }
}
