using System.Text.RegularExpressions;

namespace Infra.Model.Rules;

/// <summary>A service's name is its address, its resource's name and its container's.</summary>
internal static partial class UniqueNames
{
    public static Rule Rule { get; } = new("UNIQUE-NAMES", Severity.Error, "Every name is one service's, and fit for DNS", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
    [
        .. from same in topology.Services.GroupBy(service => service.Name)
           where same.Count() > 1
           select Rule.Error(same.Key, $"{same.Count()} services have this name.", "Give each service a name of its own.", "service"),
        .. from same in topology.Services.DistinctBy(service => service.Name).GroupBy(topology.Naming.Container)
           where same.Count() > 1
           select Rule.Error(same.Names(), $"their containers have one name, '{same.Key}'.", "Give each container a name of its own.", "container"),
        .. from service in topology.Services.DistinctBy(service => service.Name)
           where !DnsLabel().IsMatch(service.Name) && Engines().IsMatch(service.Name)
           select Rule.Warning(service.Name,
               "its name has an underscore: engines take it, but some programs accept no such host name.",
               "Join its words by hyphens, unless others know it by this name.",
               "underscore"),
        .. from service in topology.Services.DistinctBy(service => service.Name)
           where !DnsLabel().IsMatch(service.Name) && !Engines().IsMatch(service.Name)
           select Rule.Error(service.Name,
               "its name is no DNS label, so others may not reach it by name.",
               "Use at most 63 lower-case letters, digits and inner hyphens.",
               "label"),
        .. Finding.Merge(from service in topology.Services.DistinctBy(service => service.Name)
                         from same in service.Files.GroupBy(file => file.Path)
                         where same.Count() > 1
                         select Rule.Error(service.Name,
                             $"{same.Count()} of its files would be '{same.Key}', and one would hide the others.",
                             "Give each variable that leads to one a name of its own (infra:app.secrets, infra:app.environment).",
                             "file")),
    ];

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex DnsLabel();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Engines();
}
