using System.Collections.Immutable;

namespace Infra.Model.Dockerfiles.Rules;

/// <summary>Holds a Dockerfile to every rule.</summary>
public static class DockerfileReview
{
    /// <summary>Every rule, in the order in which findings are reported.</summary>
    public static ImmutableArray<DockerfileRule> Rules { get; } =
    [
        DependenciesFirst.Rule,
        CacheMounts.Rule,
        BuildToolsStayBehind.Rule,
        NoRoot.Rule,
        NoSharedHealthCheck.Rule,
        SlimBase.Rule,
        PinnedBase.Rule,
        PackageLists.Rule,
        ExecForm.Rule,
    ];

    /// <summary>All findings of all rules together.</summary>
    public static ImmutableArray<Finding> Review(DockerfileUse use) => [.. Rules.SelectMany(rule => rule.Apply(use))];
}
