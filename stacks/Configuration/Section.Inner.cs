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

    /// <summary>What is read of a part that can be switched off; nothing where it is.</summary>
    public T? Unless<T>(string enabled, Func<T> read) where T : class
    {
        var isThere = Flag(enabled, true, "whether there is one");
        var args = read();
        return isThere ? args : null;
    }

    private T Read<T>(string key, Func<Section, T> read, StackKinds only)
    {
        var section = Inner(key, only);
        var value = read(section);
        section.Close();
        return value;
    }

    /// <summary>Declares a map of services: for each kind its keys, as nobody has written them.</summary>
    public void DeclareServices(string key, string sentence, ImmutableArray<ServiceKind> kinds, AppSettings app)
    {
        declarations.Add(new Setting(Path(key), null, null, sentence, stacks) { IsMapOfKinds = true });
        // A file is read without; whoever writes the page or the schema asks for all.
        if (!declarations.AreWhole) return;
        foreach (var kind in kinds)
        {
            var path = $"{Path(key)}.{kind.Name}";
            declarations.Add(new Setting(path, null, null, kind.Sentence, stacks));
            ServicesReader.One(
                kind.Name,
                kind,
                new Section(source, [], path, [], declarations) { IsWritten = false },
                new KindContext(app, false, false, false, [])
            );
        }
    }

    /// <summary>The services that are written, whatever they say.</summary>
    public JsonObject Services(string key) => Take(key) switch
    {
        null => [],
        JsonObject services => services,
        _ => Wrong(key, "a map of services", new JsonObject()),
    };

    /// <summary>What is read of one of them; nothing written is nothing set.</summary>
    public T Service<T>(string key, string name, JsonObject services, Func<Section, T> read)
        => new Section(source, services, Path(key), findings, new Declarations()).Read(name, read, StackKinds.All);
}
