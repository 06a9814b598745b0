using Infra.Model;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>What is taken down between a container and the host, besides mounts, devices and capabilities.</summary>
internal static class HostRights
{
    public static ComposeRule Rule { get; } = new("UNPRIVILEGED", Severity.Error, "No service has a way to the host", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        reviewed.Application.Services.SelectMany(service => Check(service, reviewed.What(service.Name).Role));

    private static IEnumerable<KeyedFinding> Check(ComposeService service, ServiceRole role)
    {
        if (service.Flag("privileged"))
            yield return Rule.Error(
                service.Name,
                "privileged",
                "it is privileged: whoever breaks into it has the whole machine.",
                "Drop 'privileged', and name the devices and capabilities that it needs ('devices', 'cap_add')."
            );
        foreach (var (key, what) in Namespaces)
            // Monitoring sees what it measures.
            if (service.Text(key) == "host" && role != ServiceRole.Monitoring)
                yield return Rule.Warning(service.Name, key, what, $"Drop '{key}: host', unless it cannot do without.");
        foreach (var option in service.Words("security_opt").Where(option => option.EndsWith("unconfined", StringComparison.Ordinal)))
            yield return Rule.Error(
                service.Name,
                "security_opt",
                $"'{option}' takes away what keeps it from the kernel's other calls.",
                "Drop it, or name a profile that allows what it needs."
            );
    }

    private static readonly (string Key, string What)[] Namespaces =
    [
        ("network_mode", "it is on the host's own network: others reach all that it listens on, and it reaches what listens on the host's loopback."),
        ("pid", "it sees the processes of the host, and what is in their environments."),
        ("ipc", "it shares the host's memory segments with all that runs there."),
        ("userns_mode", "its users are the host's users."),
        ("uts", "it may change the host's name."),
        ("cgroup", "it sees the host's control groups."),
    ];
}
