using System.Text.RegularExpressions;

namespace Infra.Operations.Adoption;

/// <summary>
/// Refuses data of a RabbitMQ node of another name, which this one would not see. Plain Compose gives a node the name of its container, unless
/// <c>hostname</c> is set: such data are lost to the next container there, too.
/// </summary>
internal static partial class AdoptedRabbitMq
{
    public static void Check(AdoptedStore store, Action<string> refuse, Action<string> note)
    {
        store.RequireOwner(refuse);
        var hosts = store.Content.Entries.Select(entry => Node().Match(entry.Path)).Where(match => match.Success)
            .Select(match => match.Groups["host"].Value).Distinct().ToArray();
        var own = store.Owner.Hostname;
        if (hosts.Length == 0) return;
        if (hosts.Contains(own))
            note($"{store.Name}: The node keeps its users, and their passwords: '{store.Owner.Endpoint?.User}' must be among them, "
                + $"with what the secret '{store.Owner.Endpoint?.Password?.Name}' is.");
        else if (Array.Find(hosts, host => !ContainerId().IsMatch(host)) is { } host)
            refuse($"{store.Name}: It has the queues of the node 'rabbit@{host}', and '{store.Owner.Name}' would begin without them, as "
                + $"'rabbit@{own}'. Set 'infra:services.{store.Owner.Name}.hostname: {host}', or drop 'infra:volumes.{store.Volume.Name}'.");
        else
            note($"{store.Name}: '{store.Owner.Name}' begins with no queues and no users. Those in it are of the node 'rabbit@{hosts[0]}', "
                + "whose host had no fixed name: Compose loses them with each new container.");
    }

    [GeneratedRegex(@"\Amnesia/rabbit@(?<host>.+?)(-plugins-expand|-feature_flags|\.pid|-rename)?\z")]
    private static partial Regex Node();

    [GeneratedRegex(@"\A[0-9a-f]{12}\z")]
    private static partial Regex ContainerId();
}
