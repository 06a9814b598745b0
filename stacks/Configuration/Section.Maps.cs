using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <content>Maps whose keys are chosen by whoever writes the file, and mentions of secrets.</content>
internal sealed partial class Section
{
    /// <summary>What is read of each entry of a map.</summary>
    /// <param name="key">The map's key.</param>
    /// <param name="name">What stands for an entry's key where the settings are listed.</param>
    /// <param name="shortKey">The key that an entry sets which is a text alone; none where each is a map.</param>
    /// <param name="sentence">What the map is.</param>
    /// <param name="read">Reads an entry.</param>
    public ImmutableArray<T> Each<T>(string key, string name, string? shortKey, string sentence, Func<string, Section, T> read)
    {
        declarations.Add(new Setting(Path(key), null, null, sentence, stacks) { Names = name, ShortKey = shortKey });
        if (declarations.AreWhole)
            read(name, new Section(source, [], $"{Path(key)}.{name}", [], declarations, stacks) { IsWritten = false });
        var entries = Take(key) switch
        {
            null => [],
            JsonObject map => map,
            _ => Wrong(key, "a map", new JsonObject()),
        };
        return [.. entries.Select(entry => Entry(key, entry.Key, shortKey, entry.Value, read))];
    }

    private T Entry<T>(string key, string name, string? shortKey, JsonNode? value, Func<string, Section, T> read)
    {
        var values = value switch
        {
            null => [],
            JsonObject map => map,
            JsonValue text when shortKey is not null => new JsonObject { [shortKey] = text.DeepClone() },
            _ => Wrong($"{key}.{name}", shortKey is null ? "a map of settings" : "a text or a map of settings", new JsonObject()),
        };
        var section = new Section(source, values, Path($"{key}.{name}"), findings, new Declarations(), stacks);
        var result = read(name, section);
        section.Close();
        return result;
    }

    /// <summary>A secret that is mentioned as <c>{secrets.NAME}</c>, and nothing around it.</summary>
    public Secret? Mention(string key, string sentence, string? usually = null) => Mentioned(key, Text(key, sentence, usually));

    /// <summary>Such secrets by the names of users.</summary>
    public ImmutableSortedDictionary<string, Secret> Users(string key, string sentence)
    {
        var users = ImmutableSortedDictionary.CreateBuilder<string, Secret>(StringComparer.Ordinal);
        foreach (var (name, text) in Map(key, sentence))
            if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal) || name.Any(letter => letter is '"' or '`' or < '!' or > '~'))
                Report($"{key}.{name}", $"'{name}' is not a user's name.", "Write letters, digits and signs without a blank, ':' and quotes.");
            else if (Mentioned($"{key}.{name}", text) is { } secret)
                users[name] = secret;
        return users.ToImmutable();
    }

    private Secret? Mentioned(string key, string? text)
    {
        if (text is null) return null;
        if (ReferenceText.Parse(text).Parts is [ReferenceHole { Service: ReferenceHole.Secrets, IsFile: false, Scheme: null, Path: null } hole])
            return new Secret(hole.What);
        Report(key, "This is not a secret's name.", "Write \"{secrets.NAME}\", and its value into .secrets/STACK/NAME.");
        return null;
    }
}
