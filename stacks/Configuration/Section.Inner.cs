using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Infra.Stacks.Configuration;

/// <content>Objects within the object.</content>
internal sealed partial class Section
{
    private Section Inner(string key) => inner[key] = new(source, Take(key) switch
    {
        null => [],
        JsonObject values => values,
        _ => Wrong(key, "a map of settings", new JsonObject()),
    }, Path(key), findings);

    /// <summary>What is read of an inner object, each key of which must be asked for by that.</summary>
    public T Read<T>(string key, Func<Section, T> read)
    {
        var section = Inner(key);
        var value = read(section);
        section.Close();
        return value;
    }

    /// <summary>What is read of each object of a map, by its name.</summary>
    public ImmutableSortedDictionary<string, T> Each<T>(string key, Func<Section, T> read)
    {
        var map = Take(key) switch
        {
            null => [],
            JsonObject objects => objects,
            _ => Wrong(key, "a map of settings", new JsonObject()),
        };
        var each = new Section(source, map, Path(key), findings);
        return map.ToImmutableSortedDictionary(pair => pair.Key, pair => each.Read(pair.Key, read), StringComparer.Ordinal);
    }
}
