using System.Collections.Immutable;
using System.Globalization;
using Infra.Model;
using Pulumi;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>The containers so far, by the names of their services: what later services wait for.</summary>
internal sealed class StartedServices(Naming naming)
{
    private readonly Dictionary<string, (ServiceSpec Spec, ImmutableArray<Docker.Container> Containers)> started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Output<Resource>> completions = new(StringComparer.Ordinal);

    /// <param name="spec">A service.</param>
    /// <param name="containers">Its containers, each of which comes after the one before.</param>
    public void Add(ServiceSpec spec, ImmutableArray<Docker.Container> containers) => started.Add(spec.Name, (spec, containers));

    /// <summary>
    /// What must be there first: the provider's own wait makes those with a probe healthy, and steps have completed. What runs the
    /// image of one that starts before its old one ends comes after that: a release that is not healthy there goes no further.
    /// </summary>
    /// <exception cref="ArgumentException">The service waits for one that is not there.</exception>
    public InputList<Resource> Before(ServiceSpec spec) => There(spec, spec.WaitsFor.Concat(Leaders(spec)).Distinct());

    /// <summary>The same for its files: steps, and who goes first. A replaced file stops the service that reads it.</summary>
    public InputList<Resource> BeforeFiles(ServiceSpec spec)
        => There(spec, spec.WaitsFor.Where(wait => wait.Condition == WaitCondition.Completed).Concat(Leaders(spec)).Distinct());

    /// <summary>The containers of a service, where it is there and starts before its old ones end; else none.</summary>
    public ImmutableArray<Docker.Container> Leaders(string service)
        => started.TryGetValue(service, out var found) && found.Spec.Replacement == Replacement.StartFirst ? found.Containers : [];

    private IEnumerable<Wait> Leaders(ServiceSpec spec) =>
        started
            .Values.Where(other =>
                other.Spec.Replacement == Replacement.StartFirst && naming.Reference(other.Spec.Image) == naming.Reference(spec.Image)
            )
            .Select(other => other.Spec.AsWait());

    // A dependency and no input: until a step has ended an input from it is unknown, and a preview would replace all that waits for it.
    private InputList<Resource> There(ServiceSpec spec, IEnumerable<Wait> waits)
    {
        var there = new InputList<Resource>();
        foreach (var wait in waits)
        {
            var (service, containers) = Find(spec, wait);
            var container = containers[^1];
            Input<Resource> resource = wait.Condition == WaitCondition.Completed ? Completion(service, container) : container;
            there.Add(resource);
        }

        return there;
    }

    // The step, once it has completed. One that failed ends the run, and what waits for it is never known.
    private Output<Resource> Completion(ServiceSpec step, Docker.Container container)
    {
        if (completions.TryGetValue(step.Name, out var known)) return known;
        // Of an output that nothing uses, Pulumi shows the message alone; of one that is used, a trace of its own stack, and often only that.
        _ = container.ExitCode.Apply(code => code == 0 ? code : throw Failed(step, code));
        return completions[step.Name] = container.ExitCode.Apply(code =>
            code == 0 ? Task.FromResult<Resource>(container) : new TaskCompletionSource<Resource>().Task
        );
    }

    private RunException Failed(ServiceSpec step, int exitCode) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{step.Name}: it ended with exit code {exitCode}, and nothing that waits for it was changed. "
                    + $"Read `docker logs {naming.Container(step)}`, fix it, and try again with another value of `infra:attempt`."
            )
        );

    private (ServiceSpec Spec, ImmutableArray<Docker.Container> Containers) Find(ServiceSpec spec, Wait wait) =>
        started.TryGetValue(wait.Service, out var found)
            ? found
            : throw new ArgumentException(
                $"'{spec.Name}' waits for '{wait.Service}', which does not exist. Create '{wait.Service}' before '{spec.Name}', or drop the wait."
            );
}
