using Infra.Model;

namespace Infra.Operations.ComposeInput.Review.Rules;

/// <summary>Compose's ten seconds are less than most tasks take.</summary>
internal static class TaskGraces
{
    public static ComposeRule Rule { get; } = new("STOP-GRACE", Severity.Warning, "What runs tasks has time to stop", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Topology.Services
        where service.Role == ServiceRole.Worker || TaskQueue.OtherThanCelery(service.Command) is not null
        where reviewed.Keys(service.Name).At("stop_grace_period") is null
        select Rule.Warning(
            service.Name,
            "",
            "it is killed 10 s after it was asked to stop, with tasks still running.",
            "Set 'stop_grace_period' to what the longest task takes."
        );
}
