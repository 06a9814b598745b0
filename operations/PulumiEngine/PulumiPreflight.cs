using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Adoption;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Running;

namespace Infra.Operations.PulumiEngine;

/// <summary>What a preflight found.</summary>
/// <param name="Errors">What stops the run.</param>
/// <param name="Warnings">What is good to know.</param>
public sealed record Preflight(ImmutableArray<string> Errors, ImmutableArray<string> Warnings)
{
    /// <summary>What a preview says of it, which changes nothing: all of it.</summary>
    public Preflight ForPreview() => new([], [.. Errors, .. Warnings]);
}

/// <summary>What Pulumi's program looks at on the engine before anything is registered, as <c>./infra.sh up</c> does.</summary>
public sealed class PulumiPreflight(IShell shell, string root)
{
    private readonly Docker docker = new(shell);

    /// <summary>Whether Pulumi's provider may reach an engine that Docker's own client does not.</summary>
    public bool MayBeUnreachable { get; init; }

    /// <summary>Looks, and removes what a run that was killed has left; a preview removes nothing.</summary>
    /// <param name="topology">What is to run.</param>
    /// <param name="stack">The stack as Pulumi is to look it up.</param>
    /// <param name="isPreview">Whether nothing may be changed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Preflight> LookAsync(Topology topology, string stack, bool isPreview, CancellationToken cancellationToken = default)
    {
        if (shell.Find(Docker.Program) is null) return new Preflight([], []);
        try
        {
            var naming = topology.Naming;
            if (MayBeUnreachable && await docker.RunAsync(["ps", "--quiet"], cancellationToken) is { Succeeded: false } unheard)
            {
                return new Preflight([], [$"{naming.Name}: Docker's own client does not reach the engine that Pulumi's provider is set to, "
                    + $"so what exists there was not checked: {unheard.Reason}"]);
            }

            var (refused, adopted) = await RefusedAsync(topology, cancellationToken);
            if (!refused.IsEmpty) return new Preflight(refused, []);
            if (!isPreview) await new AdoptedSnapshots(docker, topology).PrepareAsync(cancellationToken);
            if (shell.Find(PulumiCli.Program) is null) return new Preflight([], adopted);
            var (state, problem) = await PulumiState.ReadAsync(shell, root, stack, cancellationToken);
            if (problem is not null) return new Preflight([], [.. adopted, PulumiLeftovers.Unknown(naming, problem)]);
            if (state is null) return new Preflight([], adopted);
            var cleared = isPreview ? [] : await new PulumiLeftovers(shell, root).RemoveAsync(naming, state, cancellationToken);
            return new Preflight(
                await UnknownAsync(naming, state, cancellationToken),
                [.. adopted, .. cleared, .. Pending(naming, state), .. await LostNetworksAsync(naming, state, cancellationToken)]
            );
        }
        // A preview may be made where the engine is not, such as for a pull request.
        catch (UserErrorException error) when (isPreview)
        {
            return new Preflight([], [error.Message]);
        }
    }

    private async Task<(ImmutableArray<string> Refused, ImmutableArray<string> Adopted)> RefusedAsync(
        Topology topology, CancellationToken cancellationToken)
    {
        var refused = ImmutableArray.CreateBuilder<string>();
        var existing = await docker.ContainersAsync(topology.Naming, cancellationToken);
        var written = new WrittenVolumes(docker, topology);
        var adopted = AdoptedAsync(topology, cancellationToken);
        foreach (var check in new[]
        {
            adopted,
            OtherEngine.RequireNoneAsync(docker, topology.Naming, EngineKind.Pulumi, existing, cancellationToken),
            written.RequireSameWriterAsync(cancellationToken),
            written.RequireSameMajorAsync(cancellationToken),
            BrokerUpgrade.RequireAsync(docker, topology, cancellationToken),
        })
        {
            try
            {
                await check;
            }
            catch (UserErrorException error) when (error.ExitCode == UserErrorException.BadInputCode)
            {
                refused.Add(error.Message);
            }
        }

        return (refused.ToImmutable(), adopted.IsCompletedSuccessfully ? await adopted : []);
    }

    private async Task<ImmutableArray<string>> AdoptedAsync(Topology topology, CancellationToken cancellationToken)
    {
        await new AdoptedVolumes(docker, topology).RequireFreeAsync(cancellationToken);
        return await new AdoptedData(docker, topology).RequireFitAsync(cancellationToken);
    }

    // Their names are taken: half of the stack would be made, and then the rest refused.
    private async Task<ImmutableArray<string>> UnknownAsync(Naming naming, PulumiState state, CancellationToken cancellationToken)
    {
        var known = state.Ids(PulumiState.Container).ToHashSet(StringComparer.Ordinal);
        var begun = state.Begun.Select(operation => operation.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = (await docker.AllContainersAsync(naming, cancellationToken))
            .Where(container =>
                container is { Engine: EngineKind.Pulumi, IsOneOff: false } && !known.Contains(container.Id) && !begun.Contains(container.Name)
            )
            .Select(container => container.Name)
            .ToArray();
        return unknown.Length == 0
            ? []
            :
            [
                $"{naming.Name}: Pulumi's state does not know containers that Pulumi made ({string.Join(", ", unknown)}): "
                    + "it was lost, or it is in another backend. Select that backend ('pulumi login'), or remove them "
                    + $"with './infra.sh down {naming.Stack} --engine compose' (volumes, and so the data, stay), and run the same command again.",
            ];
    }

    private static IEnumerable<string> Pending(Naming naming, PulumiState state)
    {
        if (!state.Begun.IsEmpty)
            yield return $"{naming.Name}: Pulumi's state still has {Counted.Of(state.Begun.Length, "pending operation")} "
                + "of a run that was killed, and Pulumi warns of it each time. "
                + $"Once an up has succeeded, 'pulumi refresh -s {naming.Stack} --clear-pending-creates' clears it.";
    }

    private async Task<IEnumerable<string>> LostNetworksAsync(Naming naming, PulumiState state, CancellationToken cancellationToken)
    {
        // Where nothing of the stack is, it runs elsewhere, or not at all.
        if ((await docker.ContainersAsync(naming, cancellationToken)).IsEmpty) return [];
        var there = Docker.Lines(await docker.RunAsync(["network", "ls", "--no-trunc", "--quiet"], cancellationToken));
        return state.Ids(PulumiState.Network).Except(there, StringComparer.Ordinal).Any()
            ?
            [
                $"{naming.Name}: A network of the stack was removed, and Pulumi's state still has it. "
                    + $"'pulumi up -s {naming.Stack} --refresh' creates it again, and recreates the containers on it.",
            ]
            : [];
    }
}
