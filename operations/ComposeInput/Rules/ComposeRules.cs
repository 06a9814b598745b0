using System.Collections.Immutable;
using Infra.Model.Rules;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>The rules that other people's Compose files are held to beside those of every topology.</summary>
public static class ComposeRules
{
    /// <summary>Every one.</summary>
    public static ImmutableArray<ComposeRule> List { get; } =
    [
        ProbePrograms.Rule,
        ReadyWaits.Rule,
        AnonymousVolumes.Rule,
        RandomPorts.Rule,
        WorkerProcesses.Rule,
        ObsoleteKeys.Rule,
        MissingSources.Rule,
        HostRights.Rule,
        OpenStores.Rule,
        TaskGraces.Rule,
        QueuesOutlive.Rule,
        NewestPostgres.Rule,
        BeatSchedules.Rule,
        PasswordsInCommands.Rule,
        MachineNames.Rule,
        FixedPlatforms.Rule,
    ];

    /// <summary>The ids of all rules that a Compose file is held to.</summary>
    public static ImmutableArray<string> Ids { get; } = [.. AllRules.List.Select(rule => rule.Id).Union(List.Select(rule => rule.Id))];
}
