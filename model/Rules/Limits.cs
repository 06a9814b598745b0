namespace Infra.Model.Rules;

/// <summary>One service without a limit can take the whole machine down with it.</summary>
internal static class Limits
{
    public static Rule Rule { get; } = new("LIMITS", Severity.Error, "Every service has limits", Check);

    private static Size Least { get; } = Size.MiB(6);

    private static IEnumerable<Finding> Check(Topology topology)
    {
        foreach (var service in topology.Services)
        {
            if (service.Memory is null)
                yield return Rule.Error(service.Name, "it may use all of the machine's memory.", "Set its memory limit.");
            else if (service.Memory < Least)
                yield return Rule.Error(service.Name, $"it is limited to {service.Memory.Value.Words} of memory, and engines take no limit below {Least.Words}.", "Set a higher one.");
            if (service.Cpus is null)
                yield return Rule.Error(service.Name, "it may use all of the machine's processors.", "Set its processor limit.");
            if (service.Pids is null or <= 0)
                yield return Rule.Warning(service.Name, "it may start any number of processes.", "Set its limit of processes.");
        }
    }
}
