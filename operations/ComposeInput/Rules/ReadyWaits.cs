using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.ComposeInput.Recognition;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>What has started need not answer yet, and a step that has started has not ended.</summary>
internal static partial class ReadyWaits
{
    public static ComposeRule Rule { get; } =
        new("WAITS-UNTIL-READY", Severity.Warning, "Waits end when what is waited for is healthy, or, of a step, has ended", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed)
    {
        foreach (var service in reviewed.Topology.Services.Where(service => !WaitsItself().IsMatch(string.Join(' ', service.Command))))
        {
            var awaited = Recognizer.Dependencies(reviewed.Keys(service.Name)).Where(wait => wait.Condition == "service_started")
                .Select(wait => reviewed.Topology.Find(wait.Service)).OfType<ServiceSpec>().ToArray();
            var steps = awaited.Where(other => other.Role == ServiceRole.Job && service.Role != ServiceRole.Job).ToArray();
            var probed = awaited.Except(steps).Where(IsAsked).ToArray();
            if (steps.Length > 0)
                yield return Rule.Warning(
                    service.Name,
                    $"depends_on.{steps[0].Name}",
                    $"waits until {Names(steps)} started, and not until {(steps.Length == 1 ? "it has" : "they have")} ended.",
                    "Wait with 'condition: service_completed_successfully'."
                );
            if (probed.Length > 0)
                yield return Rule.Warning(
                    service.Name,
                    $"depends_on.{probed[0].Name}",
                    $"waits until {Names(probed)} started, and not until {(probed.Length == 1 ? "it is" : "they are")} healthy.",
                    "Wait with 'condition: service_healthy'."
                );
        }
    }

    // Nothing is asked of workers.
    private static bool IsAsked(ServiceSpec service) => service.Health is not null && service.Role is not (ServiceRole.Worker or ServiceRole.Beat);

    // 'db' has; 'db', 'redis' have
    private static string Names(ServiceSpec[] services) =>
        $"{string.Join(", ", services.Select(service => $"'{service.Name}'"))} {(services.Length == 1 ? "has" : "have")}";

    [GeneratedRegex(@"wait[-_]?for|dockerize\b.*-wait|\bnc\s+-z|pg_isready|wait[-_]?until")]
    private static partial Regex WaitsItself();
}
