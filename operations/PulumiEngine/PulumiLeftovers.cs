using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.PulumiEngine;

/// <summary>
/// What a killed run of Pulumi created without recording it: its state only has the pending operation. Created again, it would be
/// refused, since its name is taken. Nothing else is touched, and no volume.
/// </summary>
public sealed class PulumiLeftovers(IShell shell, string root)
{
    private static readonly Dictionary<string, (string Inspect, string Labels, string[] Remove)> Kinds = new()
    {
        [PulumiState.Container] = ("container", ".Config.Labels", ["rm", "--force"]),
        [PulumiState.Network] = ("network", ".Labels", ["network", "rm"]),
    };

    // A step is what is never started again.
    private const string Running = " {{.State.Running}} {{.HostConfig.RestartPolicy.Name}}";

    private readonly Docker docker = new(shell);

    /// <summary>Removes it.</summary>
    /// <param name="naming">The stack's names.</param>
    /// <param name="stack">The stack as Pulumi is to look it up, with its organization and project. Defaults to its name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A sentence for each thing that was removed, or on why that is not known; none where either client is not there to ask.</returns>
    /// <exception cref="UserErrorException">Something of it cannot be removed.</exception>
    public async Task<ImmutableArray<string>> ClearAsync(Naming naming, string? stack = null, CancellationToken cancellationToken = default)
    {
        if (shell.Find(PulumiCli.Program) is null || shell.Find(Docker.Program) is null) return [];
        var (state, problem) = await PulumiState.ReadAsync(shell, root, stack ?? naming.Stack, cancellationToken);
        if (problem is not null) return [Unknown(naming, problem)];
        return state is null ? [] : await RemoveAsync(naming, state, cancellationToken);
    }

    /// <summary>The same, of a state that was read.</summary>
    public async Task<ImmutableArray<string>> RemoveAsync(Naming naming, PulumiState state, CancellationToken cancellationToken = default)
    {
        var cleared = ImmutableArray.CreateBuilder<string>();
        foreach (var (type, name) in state.Begun.Where(begun => begun.Name.Length > 0 && Kinds.ContainsKey(begun.Type)))
            if (await RemoveAsync(naming, type, name, state, cancellationToken) is { } sentence) cleared.Add(sentence);
        return cleared.ToImmutable();
    }

    /// <summary>That the state could not be read.</summary>
    public static string Unknown(Naming naming, string problem) =>
        $"{naming.Name}: It is not known whether an interrupted run left something: {problem}";

    private async Task<string?> RemoveAsync(Naming naming, string type, string name, PulumiState state, CancellationToken cancellationToken)
    {
        var (kind, labels, remove) = Kinds[type];
        var format =
            $"{{{{.Id}}}} {{{{index {labels} \"{Labels.Stack}\"}}}} {{{{index {labels} \"{Labels.Engine}\"}}}}{(kind == "container" ? Running : "")}";
        var found = await docker.RunAsync(["inspect", "--type", kind, "--format", format, name], cancellationToken);
        if (
            !found.Succeeded
            || found.Output.Trim().Split(' ') is not [var id, var owner, var engine, .. var running]
            || EngineKinds.Parse(engine) != EngineKind.Pulumi
            || owner != naming.Name
            || state.Ids(type).Contains(id)
        )
            return null;
        if (running is ["true", "no"])
            throw UserErrorException.Failed(
                $"container {name}: A step that an interrupted run started is still running, and is not stopped. "
                    + $"Wait for it to end ('docker wait {name}'), and run the same command again."
            );
        var removed = await docker.RunAsync([.. remove, id], cancellationToken);
        if (!removed.Succeeded)
            throw UserErrorException.Failed(
                $"{kind} {name}: An interrupted run left it, and it cannot be removed: {removed.Reason} Remove it, and run the same command again."
            );
        return $"{kind} {name}: An interrupted run left it, unknown to Pulumi's state. Removed; it is created again.";
    }
}
