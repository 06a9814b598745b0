using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Running;

/// <summary>Refuses to start beside what the other engine made.</summary>
public static class OtherEngine
{
    /// <exception cref="UserErrorException">Containers or networks of the other engine exist.</exception>
    public static async Task RequireNoneAsync(
        Docker docker, Naming naming, EngineKind engine, ImmutableArray<ContainerState> existing, CancellationToken cancellationToken)
    {
        var networks = await docker.LabelledAsync("network", naming, Labels.Engine, cancellationToken);
        var theirs = existing.Select(container => (container.Name, container.Engine))
            .Concat(networks.Select(network => (network.Name, Engine: EngineKinds.Parse(network.Label))))
            .Where(item => item.Engine is { } other && other != engine).ToArray();
        if (theirs.Length == 0) return;
        var other = theirs[0].Engine!.Value.Name();
        throw UserErrorException.BadInput(
            $"{naming.Name}: {Counted.Of(theirs.Length, "object")} of the engine '{other}' {(theirs.Length == 1 ? "exists" : "exist")} "
                + $"({string.Join(", ", theirs.Select(item => item.Name).Order(StringComparer.Ordinal))}), and two engines cannot share them.",
            $"Run './infra.sh down {naming.Stack} --engine {other}' first: volumes, and so the data, stay.");
    }
}
