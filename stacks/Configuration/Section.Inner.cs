using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Infra.Stacks.Configuration;

/// <content>Objects within the object.</content>
internal sealed partial class Section
{
    private Section Inner(string key, StackKinds only) => new(source, Take(key) switch
    {
        null => [],
        JsonObject values => values,
        _ => Wrong(key, "a map of settings", new JsonObject()),
    }, Path(key), findings, declarations, only & stacks);

    /// <summary>What is read of an inner object, each key of which must be asked for by that.</summary>
    public T Read<T>(string key, string sentence, Func<Section, T> read, StackKinds only = StackKinds.All)
    {
        declarations.Add(new Setting(Path(key), null, null, sentence, only & stacks) { IsNarrowed = only != StackKinds.All });
        return Read(key, read, only);
    }

    private T Read<T>(string key, Func<Section, T> read, StackKinds only)
    {
        var section = Inner(key, only);
        var value = read(section);
        section.Close();
        return value;
    }

    /// <summary>What is read of each object of a map, by its name.</summary>
    public ImmutableSortedDictionary<string, T> Each<T>(string key, string sentence, Func<Section, T> read)
    {
        declarations.Add(new Setting(Path(key), null, null, sentence, stacks) { IsMapOfSections = true });
        // One that is not in the file says what each may have.
        read(new Section(source, [], Path(key), [], declarations));
        var map = Take(key) switch
        {
            null => [],
            JsonObject objects => objects,
            _ => Wrong(key, "a map of settings", new JsonObject()),
        };
        var each = new Section(source, map, Path(key), findings, new Declarations());
        return map.ToImmutableSortedDictionary(pair => pair.Key, pair => each.Read(pair.Key, read, StackKinds.All), StringComparer.Ordinal);
    }
}
