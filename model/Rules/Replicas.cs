using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Model.Rules;

/// <summary>What runs several times side by side cannot have anything that only one container can have.</summary>
internal static partial class Replicas
{
    public static Rule Rule { get; } = new("REPLICAS", Severity.Error, "What runs several times has nothing that only one can have", Check);

    private static IEnumerable<Finding> Check(Topology topology)
        => topology.Services.Where(service => service.Containers() > 1).SelectMany(service => Check(service, topology));

    private static IEnumerable<Finding> Check(ServiceSpec service, Topology topology)
    {
        var several = string.Create(CultureInfo.InvariantCulture, $"{service.Containers()} of it are to run");
        foreach (var port in service.Ports)
            yield return Rule.Error(
                service.Name,
                FormattableString.Invariant($"{several}, and only one can have port {port.Host}."),
                "Publish no port: a proxy, or the other services, reach it by its name (drop its port, or set replicas to 1).",
                FormattableString.Invariant($"port:{port.Container}")
            );
        if (service.ContainerName is { } name)
            yield return Rule.Error(
                service.Name,
                $"{several}, and only one can be called '{name}'.",
                "Leave the names to the engine.",
                "container-name"
            );
        if (service.Hostname is { } host)
            yield return Rule.Error(
                service.Name,
                $"{several}, and all would be the host '{host}'.",
                "Leave the host's name to the engine.",
                "hostname"
            );
        foreach (var path in service.StatePaths)
            yield return Rule.Error(
                service.Name,
                $"{several}, and all would keep their state in '{path}', as if each were alone.",
                "Set replicas to 1, or keep the state in a service of its own.",
                $"state:{path}"
            );
        if (service.IsStep())
            yield return Rule.Error(
                service.Name,
                $"{several}, and a step runs once.",
                "Set replicas to 1, or its restart to unless-stopped.",
                "step"
            );
        if (NodeName().Match(string.Join(' ', service.Command)) is { Success: true, Groups: [_, var node] } && !node.Value.Contains('%'))
            yield return Rule.Warning(
                service.Name,
                $"{several}, and all call themselves '{node.Value}': Celery takes them for one.",
                "Write %h in the name (nodeName: worker@%h).",
                "node-name"
            );
        foreach (var other in topology.Services.Where(other => IsNumbered(other.Name, service.Name)))
            yield return Rule.Error(
                service.Name,
                $"{several}, and one of them may have the name of the container of '{other.Name}'.",
                $"Rename '{other.Name}'.",
                "numbered"
            );
    }

    private static bool IsNumbered(string other, string name) =>
        other.StartsWith(name + "-", StringComparison.Ordinal) && other[(name.Length + 1)..] is { Length: > 0 } end && end.All(char.IsAsciiDigit);

    [GeneratedRegex(@"\bcelery\b.*\bworker\b.*\s(?:-n\s*|--hostname[= ])['""]?([^\s'""]+)")]
    private static partial Regex NodeName();
}
