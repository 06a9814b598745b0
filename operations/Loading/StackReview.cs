using System.Collections.Immutable;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Stacks;
using Infra.Targets;
using Infra.Targets.Compose;
using Infra.Targets.Containers;
using static Infra.Operations.Loading.ReviewPoints;

namespace Infra.Operations.Loading;

/// <summary>Everything that is said of a stack before it is brought up: the one list of who says it, and when.</summary>
public static class StackReview
{
    /// <summary>All of them, in the order in which they are shown.</summary>
    public static ImmutableArray<FindingSource> Sources { get; } =
    [
        new(Commands | BadSettings | Program, stack => Review.Run(stack.Topology)),
        new(Commands | BadSettings, stack => ComposeTarget.Review(stack.Topology)),
        new(Program, stack => ContainerTarget.Review(stack.Topology)),
        new(Program, stack => RemoteEngine.Mounts(stack.Topology, stack.PulumiHost)),
        new(Commands | Program, MissingFiles.Find),
        new(Commands | Program, ProjectMounts.Find),
        new(Commands | Program, SampleModules.Find),
        new(Commands | Program, HiddenBeats.Find),
        new(Commands | Program, DockerfileFindings.Find),
        new(Commands | Program, DebianCaddy.Find),
        new(Commands, SecretFindings.FindMadeUp),
        new(Commands, UnusedSecrets.Find),
        new(Commands, InterruptedRotations.Find),
        new(Commands | BadSettings | ProgramsSettings, stack => StackFactory.Review(stack.Settings, stack.All)),
        new(Check, SecretFindings.Find),
        new(Program, stack => stack.PulumiSecrets?.Review() ?? []),
    ];

    /// <summary>What there is to say of the stack at that moment.</summary>
    public static ImmutableArray<Finding> Find(ReviewedStack stack, ReviewPoints point)
    {
        var asked = Sources.Where(source => source.Points.HasFlag(point));
        ImmutableArray<Finding> found = [.. asked.SelectMany(source => source.Find(stack))];
        // Only these ask everybody whose findings can be waived.
        var useless = point is Commands or Program ? stack.Settings.Waivers.Useless(found) : [];
        return [.. stack.Settings.Waivers.Apply(found), .. useless.Select(waiver => Useless(stack, waiver))];
    }

    private static Finding Useless(ReviewedStack stack, string waiver)
    {
        var (rule, place) = (Waivers.RuleOf(waiver), waiver.Contains('.', StringComparison.Ordinal) ? "of this alone" : "here");
        return new Finding(
            Waivers.Rule,
            Severity.Warning,
            stack.Source.Where($"waivers.{waiver}"),
            $"It waives nothing: {rule} finds nothing {place}.",
            "Drop it, or write the rule and the service as check shows them."
        );
    }
}
