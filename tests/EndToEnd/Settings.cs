using YamlDotNet.RepresentationModel;

namespace Infra.Tests.EndToEnd;

/// <summary>Changes single values of a stack's settings.</summary>
internal static class Settings
{
    /// <summary>
    /// Sets <c>infra:SECTION</c>'s key; a value of null removes it.
    /// A key of several words leads through inner maps: <c>environment.SHOP_DEBUG</c>.
    /// </summary>
    public static void Set(string file, string section, string key, string? value)
    {
        var yaml = new YamlStream();
        using (var reader = File.OpenText(file)) yaml.Load(reader);
        var map = Inner((YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode)["config"], $"infra:{section}");
        var words = key.Split('.');
        foreach (var word in words[..^1]) map = Inner(map, word);
        map.Children.Remove(words[^1]);
        if (value is not null) map.Add(words[^1], value);
        using var writer = File.CreateText(file);
        yaml.Save(writer, assignAnchors: false);
    }

    private static YamlMappingNode Inner(YamlMappingNode map, string key)
    {
        if (map.Children.TryGetValue(key, out var there)) return (YamlMappingNode)there;
        var inner = new YamlMappingNode();
        map.Add(key, inner);
        return inner;
    }
}
