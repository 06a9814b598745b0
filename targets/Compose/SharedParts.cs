using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace Infra.Targets.Compose;

/// <summary>What several services say alike: said once under an <c>x-</c> key and referred to.</summary>
internal sealed class SharedParts
{
    private readonly Dictionary<string, YamlMappingNode> parts = new(StringComparer.Ordinal);

    public SharedParts(YamlMappingNode labels) => parts.Add("x-labels", labels);

    /// <summary>The parts by their keys, in the order in which they refer to each other.</summary>
    public IEnumerable<KeyValuePair<string, YamlMappingNode>> Parts => parts;

    /// <summary>Shares the most frequent of the mappings that services have under this key.</summary>
    public void Take(string key, Dictionary<string, YamlMappingNode> services)
    {
        var having = services.Values.Where(service => service.Children.ContainsKey(key)).ToList();
        var groups = having.Select(one => having.Where(other => Yaml.Same(other.Children[key], one.Children[key])).ToList());
        if (groups.MaxBy(group => group.Count) is not { Count: > 1 } group) return;
        var shared = Add(key, (YamlMappingNode)group[0].Children[key]);
        foreach (var service in group) service.Children[key] = shared;
    }

    /// <summary>Shares what these services have in common, of these keys where some are given.</summary>
    public void TakeCommon(string name, Dictionary<string, YamlMappingNode> services, params string[] keys)
    {
        var common = new YamlMappingNode(
            Common([.. services.Values]).Children.Where(entry => keys.Length == 0 || keys.Contains(entry.Key.ToString()))
        );
        if (services.Count < 2 || common.Children.Count < 2)
            return;
        var shared = Add(name, common);
        foreach (var service in services.Keys) services[service] = Rest(services[service], shared);
    }

    /// <summary>Shares what all services of one image have in common, their variables apart.</summary>
    public void TakeCommon(string name, ImmutableArray<string> names, Dictionary<string, YamlMappingNode> services)
    {
        TakeWithin("environment", Free(name), [.. names.Select(service => services[service])]);
        var members = names.ToDictionary(service => service, service => services[service], StringComparer.Ordinal);
        TakeCommon(Free(name), members);
        foreach (var (service, member) in members) services[service] = member;
    }

    /// <summary>Shares what the mappings under this key have in common, where they are not the same as a whole.</summary>
    public void TakeWithin(string key, string name, List<YamlMappingNode> members)
    {
        var having = members
            .Where(member => member.Children.ContainsKey(key))
            .Select(member => (Member: member, Part: (YamlMappingNode)member.Children[key]))
            .ToList();
        if (having.Count < 2)
            return;
        var common = Common([.. having.Select(one => one.Part)]);
        if (common.Children.Count < 2 || having.All(one => Yaml.Same(one.Part, common))) return;
        var shared = Add($"{name}-{key}", common);
        foreach (var (member, part) in having) member.Children[key] = Rest(part, shared);
    }

    private static YamlMappingNode Common(List<YamlMappingNode> members) => new(members[0].Children.Where(entry =>
        members.All(member => member.Children.TryGetValue(entry.Key, out var value) && Yaml.Same(value, entry.Value))));

    // What is left beside the shared part; the part itself when nothing is.
    private static YamlMappingNode Rest(YamlMappingNode whole, YamlMappingNode shared)
    {
        var rest = whole.Children.Where(entry => !shared.Children.ContainsKey(entry.Key)).ToList();
        return rest.Count == 0 ? shared : new YamlMappingNode([new(Yaml.Word(Yaml.Merge), shared), .. rest]);
    }

    private string Free(string name) => parts.ContainsKey("x-" + name) ? name + "-image" : name;

    private YamlMappingNode Add(string name, YamlMappingNode part)
    {
        parts.Add("x-" + name, part.Anchored(name));
        return part;
    }
}
