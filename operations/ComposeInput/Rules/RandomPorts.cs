using Infra.Model;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>A port without one on the host gets another each time, on every address.</summary>
internal static class RandomPorts
{
    public static ComposeRule Rule { get; } = new("RANDOM-PORT", Severity.Warning, "Every published port is the same after each start", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Topology.Services
        where service.Containers() == 1
        from port in reviewed.Keys(service.Name).Items("ports")
        where ComposeService.TextOf(port["published"]) is null or "" or "0"
        let target = ComposeService.TextOf(port["target"])
        select Rule.Warning(
            service.Name,
            $"ports#{target}",
            $"port {target} is published on a port of the host that is another one after each start.",
            $"Name it ('127.0.0.1:{target}:{target}'), or drop it where only other services ask."
        );
}
