using Infra.Model;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;

namespace Infra.Operations.Loading;

/// <summary>What a review of a stack may look at.</summary>
/// <param name="Workspace">The project's folder.</param>
/// <param name="Settings">The stack's settings.</param>
/// <param name="Source">Its settings as they were read.</param>
/// <param name="Topology">What it runs.</param>
public sealed record ReviewedStack(Workspace Workspace, Settings Settings, SettingsSource Source, Topology Topology)
{
    /// <summary>The stack's name.</summary>
    public string Name => Settings.Naming.Stack;

    /// <summary>What it runs where every image comes from its registry: whatever its settings may name. Defaults to what it runs here.</summary>
    public Topology All { get; init; } = Topology;

    /// <summary>The address of the engine that Pulumi's provider uses, where that is known.</summary>
    public string? PulumiHost { get; init; }

    /// <summary>The values of its secrets under Pulumi, inside a deployment.</summary>
    public PulumiSecrets? PulumiSecrets { get; init; }

    /// <summary>A stack that was loaded.</summary>
    public static ReviewedStack From(Workspace workspace, StackContext stack) => new(workspace, stack.Settings, stack.Source, stack.Topology);
}
