namespace Infra.Model.Rules;

/// <summary>The second container to publish a port does not start.</summary>
internal static class NoPortClash
{
    public static Rule Rule { get; } = new("NO-PORT-CLASH", Severity.Error, "No two services publish one port of the host", Check);

    private sealed record Published(ServiceSpec Service, Port Port);

    private static IEnumerable<Finding> Check(Topology topology)
    {
        var published = topology.Services.SelectMany(service => service.Ports, (service, port) => new Published(service, port));
        // Port 0 is the engine's choice.
        foreach (
            var candidates in published
                .Where(each => each.Port.Host != 0)
                .GroupBy(each => FormattableString.Invariant($"{each.Port.Host}/{each.Port.Protocol}"))
        )
        {
            var all = candidates.ToList();
            for (var later = 1; later < all.Count; later++)
                if (all[..later].Find(earlier => Overlap(earlier.Port.Address, all[later].Port.Address)) is { } first)
                    yield return Clash(first, all[later]);
        }
    }

    private static Finding Clash(Published first, Published second) =>
        first.Service == second.Service
            ? Rule.Error(second.Service.Name, $"it publishes {Address(second)} twice.", "Drop one of the two.",
                FormattableString.Invariant($"twice:{second.Port.Container}"))
            : Rule.Error(
                second.Service.Name,
                $"it publishes {Address(second)}, and '{first.Service.Name}' publishes {Address(first)}.",
                "Give one of them another port on the host.",
                FormattableString.Invariant($"clash:{second.Port.Container}")
            );

    private static string Address(Published published)
        => FormattableString.Invariant($"{published.Port.Address}:{published.Port.Host}/{published.Port.Protocol}");

    private static bool Overlap(string one, string other) => one == other || IsEvery(one) || IsEvery(other);

    private static bool IsEvery(string address) => address is "0.0.0.0" or "::" or "[::]" or "" or "*";
}
