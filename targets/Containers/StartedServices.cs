using Infra.Model;
using Pulumi;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>The containers so far, by the names of their services: what later services wait for.</summary>
internal sealed class StartedServices(Naming naming)
{
    private readonly Dictionary<string, (ServiceSpec Spec, Docker.Container Container)> started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Output<string>> completions = new(StringComparer.Ordinal);

    public void Add(ServiceSpec spec, Docker.Container container) => started.Add(spec.Name, (spec, container));

    /// <summary>The containers that must be there first; the provider's own wait makes those with a probe healthy.</summary>
    /// <exception cref="ArgumentException">The service waits for one that is not there.</exception>
    public Resource[] Before(ServiceSpec spec) => [.. spec.WaitsFor.Select(wait => Find(spec, wait).Container).Distinct()];

    /// <summary>The steps that completed, or nothing when it waits for none. A step that failed ends the run, and this is never known.</summary>
    public Output<string>? Completed(ServiceSpec spec)
    {
        var steps = spec.WaitsFor.Where(wait => wait.Condition == WaitCondition.Completed).Select(wait => Find(spec, wait)).ToArray();
        return steps.Length == 0
            ? null
            : Output.All(steps.Select(step => Completion(step.Spec, step.Container.ExitCode))).Apply(names => string.Join(',', names));
    }

    // The name alone: a step that ran again has no reason to replace who waits for it.
    private Output<string> Completion(ServiceSpec step, Output<int> exitCode)
    {
        if (completions.TryGetValue(step.Name, out var known)) return known;
        // Of an output that is no input, Pulumi tells the message alone; of an input, a trace of its own stack, and often only that.
        _ = exitCode.Apply(code => code == 0 ? code : throw Failed(step, code));
        return completions[step.Name] = exitCode.Apply(code => code == 0 ? Task.FromResult(step.Name) : new TaskCompletionSource<string>().Task);
    }

    private RunException Failed(ServiceSpec step, int exitCode) => new(FormattableString.Invariant(
        $"{step.Name}: it ended with exit code {exitCode}, and nothing that waits for it was changed. Read `docker logs {naming.Container(step)}`, mend it, and try again with another value of `infra:attempt`."));

    private (ServiceSpec Spec, Docker.Container Container) Find(ServiceSpec spec, Wait wait) => started.TryGetValue(wait.Service, out var found)
        ? found
        : throw new ArgumentException($"'{spec.Name}' waits for '{wait.Service}', which is not there. Make '{wait.Service}' before '{spec.Name}', or drop the wait.");
}
