using System.Collections.Immutable;

namespace Infra.Model.Rules;

/// <summary>The rules, the same for tests, the command line, <c>pulumi up</c> and Compose files that are read in.</summary>
public static class AllRules
{
    /// <summary>Every rule, in the order in which findings are reported.</summary>
    public static ImmutableArray<Rule> List { get; } =
    [
        UniqueNames.Rule,
        SharedImage.Rule,
        PinnedImages.Rule,
        Platforms.Rule,
        WaitsHaveProbes.Rule,
        NoCycles.Rule,
        HealthChecks.Rule,
        Restarts.Rule,
        StopGraces.Rule,
        StartsFirst.Rule,
        OneBeat.Rule,
        Replicas.Rule,
        PersistentState.Rule,
        Mounts.Rule,
        SecretsNotInEnvironment.Rule,
        StoresAskForPasswords.Rule,
        LoopbackPorts.Rule,
        ReachableServers.Rule,
        NoPortClash.Rule,
        Unprivileged.Rule,
        ProjectRoot.Rule,
        Limits.Rule,
        LogRotations.Rule,
    ];
}
