using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.ComposeInput.Recognition;

namespace Infra.Operations.ComposeInput.Review.Rules;

/// <summary>What has started need not answer yet, and a step that has started has not ended.</summary>
internal static partial class ReadyWaits
{
    public static ComposeRule Rule { get; } =
        new("WAITS-UNTIL-READY", Severity.Warning, "What waits for a service with a probe waits until it is healthy, and for a step until it has ended", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Topology.Services
        where !WaitsItself().IsMatch(string.Join(' ', service.Command))
        from wait in Recognizer.Dependencies(reviewed.Keys(service.Name))
        where wait.Condition == "service_started" && reviewed.Topology.Find(wait.Service) is not null
        let awaited = reviewed.Topology.Find(wait.Service)
        let finding = Check(service, awaited)
        where finding is not null
        select finding;

    private static KeyedFinding? Check(ServiceSpec service, ServiceSpec awaited)
    {
        if (awaited.Role == ServiceRole.Job && service.Role != ServiceRole.Job)
            return Rule.Warning(
                service.Name,
                $"depends_on.{awaited.Name}",
                $"waits until '{awaited.Name}' has started, and not until it has ended.",
                "Wait with 'condition: service_completed_successfully'."
            );
        // Nothing is asked of those.
        if (awaited.Health is null || awaited.Role is ServiceRole.Worker or ServiceRole.Beat) return null;
        return Rule.Warning(
            service.Name,
            $"depends_on.{awaited.Name}",
            $"waits until '{awaited.Name}' has started, and not until its health check says that it answers.",
            "Wait with 'condition: service_healthy'."
        );
    }

    [GeneratedRegex(@"wait[-_]?for|dockerize\b.*-wait|\bnc\s+-z|pg_isready|wait[-_]?until")]
    private static partial Regex WaitsItself();
}
