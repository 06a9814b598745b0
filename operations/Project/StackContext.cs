using System.Collections.Immutable;
using Infra.Model;
using Infra.Stacks.Configuration;

namespace Infra.Operations.Project;

/// <summary>A stack as it is to run: its settings understood, its services gathered and checked.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Source">Its settings as they were read.</param>
/// <param name="Images">Where its images come from.</param>
/// <param name="Topology">What it runs.</param>
/// <param name="LeftOut">Services that have no image in this place.</param>
/// <param name="Findings">What the rules say of it.</param>
public sealed record StackContext(
    string Name,
    Settings Settings,
    SettingsSource Source,
    ImageSource Images,
    Topology Topology,
    ImmutableArray<string> LeftOut,
    ImmutableArray<Finding> Findings)
{
    public Naming Naming => Settings.Naming;

    /// <summary>Whether its services run the code of their images, and so have releases: code that is mounted is in no image.</summary>
    public bool HasReleases => Settings is { Environment: EnvironmentKind.Prod, App.LiveSource: false };

    /// <summary>Whether its services run an earlier release than the one that is in the tree. Nothing is built, and no step runs for it.</summary>
    public bool IsRolledBack => !Settings.App.Rollback.IsEmpty;
}
