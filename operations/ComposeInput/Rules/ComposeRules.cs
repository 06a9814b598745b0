using System.Collections.Immutable;
using Infra.Model;
using Infra.Model.Dockerfiles.Rules;
using Infra.Model.Rules;
using Infra.Operations.Findings;

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

    /// <summary>All rules that a Compose file, and the Dockerfiles that it names, are held to, each id once.</summary>
    public static ImmutableArray<ReportedRule> All { get; } =
    [
        .. AllRules.List.Select(rule => new ReportedRule(rule.Id, rule.Severity, rule.Title))
            .Concat(List.Select(rule => new ReportedRule(rule.Id, rule.Severity, rule.Title)))
            .Concat(DockerfileReview.Rules.Select(rule => new ReportedRule(rule.Id, Severity.Warning, rule.Title)))
            .Append(new ReportedRule("DOCKERFILE-ENTRYPOINT", Severity.Error, "ENTRYPOINT runs the command that it is given"))
            .Append(new ReportedRule("DOCKERFILE-LINE-ENDS", Severity.Error, "The scripts that the image runs end their lines as Unix does"))
            .Append(new ReportedRule("DOCKERFILE-IGNORE", Severity.Warning, "A .dockerignore keeps what is not the application's out of the build"))
            .DistinctBy(rule => rule.Id),
    ];
}
