namespace Infra.Model.Rules;

/// <summary>One service without a limit can take the whole machine down with it.</summary>
internal static class Limits
{
    public static Rule Rule { get; } = new("LIMITS", Severity.Error, "Every service has limits", Check);

    private static long InMemory(ServiceSpec service) => service.Mounts.OfType<TmpfsMount>().Sum(mount => mount.Size.Bytes);

    private static Size Least => Size.LeastOfContainer;

    private static IEnumerable<Finding> Check(Topology topology)
    {
        foreach (var service in topology.Services)
        {
            if (service.Memory is null)
                yield return Rule.Error(service.Name, "it may use all of the machine's memory.", "Set its memory limit.", "memory");
            else if (service.Memory < Least)
                yield return Rule.Error(
                    service.Name,
                    $"it is limited to {service.Memory.Value.Text} of memory, and engines take no limit below {Least.Text}.",
                    "Set a higher one.",
                    "memory-least"
                );
            if (service.ReservedMemory is { } reserved && reserved < Least)
                yield return Rule.Error(
                    service.Name,
                    $"{reserved.Text} of memory are kept for it, and engines keep no less than {Least.Text}.",
                    "Set reservedMemory higher, or drop it.",
                    "reservation-least"
                );
            else if (service.ReservedMemory > service.Memory)
                yield return Rule.Error(
                    service.Name,
                    $"{service.ReservedMemory.Value.Text} of memory are kept for it, and it may use no more than {service.Memory.Value.Text}.",
                    "Set reservedMemory lower, or memory higher.",
                    "reservation"
                );
            if (service.Memory is { } memory && InMemory(service) is var files && files >= memory.Bytes)
                yield return Rule.Warning(
                    service.Name,
                    $"its files in memory may come to {new Size(files).Text}, and its memory to {memory.Text}: it is killed before they are full.",
                    service.Role == ServiceRole.Web
                        ? "Set a higher limit, or let smaller bodies through (maxBody of a site or a route in infra:proxy)."
                        : "Set a higher limit.",
                    "tmpfs"
                );
            if (service.Cpus is null)
                yield return Rule.Error(service.Name, "it may use all of the machine's processors.", "Set its processor limit.", "cpus");
            if (service.Pids is null or <= 0)
                yield return Rule.Warning(service.Name, "it may start any number of processes.", "Set its limit of processes.", "pids");
        }
    }
}
