using Infra.Model;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>Compose's ten seconds are less than most tasks take.</summary>
internal static class TaskGraces
{
    public static ComposeRule Rule { get; } = new("STOP-GRACE", Severity.Warning, "What runs tasks has time to stop", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Topology.Services
        where reviewed.Keys(service.Name).At("stop_grace_period") is null
        let work = RunsTasks(service) ? Tasks : KeepsData(service) ? Writes : null
        where work is not null
        select Rule.Warning(
            service.Name,
            "",
            $"it is killed 10 s after it was asked to stop, with {work}.",
            work == Tasks ? "Set 'stop_grace_period' to what the longest task takes." : "Set 'stop_grace_period: 30s' or longer."
        );

    // A scheduler has nothing in hand.
    private static bool RunsTasks(ServiceSpec service) =>
        service.Role == ServiceRole.Worker
        || (TaskQueue.OtherThanCelery(service.Command) is { } other && !other.Contains("schedul", StringComparison.Ordinal) && other != "periodiq");

    // Databases and brokers are another rule's. Redis saves at the end, unless it is told not to: --save "".
    private static bool KeepsData(ServiceSpec service) =>
        service is { Role: ServiceRole.Cache, Endpoint.Scheme: "redis" }
        && service.Command.IndexOf("--save") is var save && !(save >= 0 && service.Command.ElementAtOrDefault(save + 1) == "");

    private const string Tasks = "tasks still running";

    private const string Writes = "writes still on their way to the disk";
}
