using System.Text.Json;

namespace Generator;

/// <summary>A member of a resource or of a nested type.</summary>
internal sealed record Property(string Name, Shape Shape, bool IsRequired);

/// <summary>A resource: what it takes and what it gives.</summary>
internal sealed record Resource(string Token, IReadOnlyList<Property> Inputs, IReadOnlyList<Property> Outputs, IReadOnlyList<string> Secrets)
{
    public string Name => Schema.NameOf(Token);
}

/// <summary>The provider's schema, reduced to names and types.</summary>
internal sealed record Schema(
    string Version,
    IReadOnlyList<Property> ProviderInputs,
    IReadOnlyList<Resource> Resources,
    IReadOnlyDictionary<string, IReadOnlyList<Property>> Types,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Enums)
{
    public static Schema Read(string text)
    {
        var root = JsonDocument.Parse(text).RootElement;
        var types = Member(root, "types").EnumerateObject().ToLookup(type => type.Value.TryGetProperty("enum", out _));
        return new(
            Member(root, "version").GetString()!,
            Properties(Member(Member(root, "provider"), "inputs"), []),
            [.. Member(root, "resources").EnumerateObject().Select(ReadResource)],
            types[false].ToDictionary(type => NameOf(type.Name), type => Properties(Member(type.Value, "properties"), Words(type.Value, "required"))),
            types[true].ToDictionary(type => NameOf(type.Name), type => Words(type.Value, "enum")));
    }

    /// <summary>The types that these properties hold, directly or through other types.</summary>
    public IReadOnlyList<string> Reachable(IEnumerable<Property> properties)
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        Visit(properties);
        return [.. seen];

        void Visit(IEnumerable<Property> some)
        {
            foreach (var item in some.Where(property => property.Shape.IsReference).Select(property => property.Shape.Item))
                if (Types.TryGetValue(item, out var inner) && seen.Add(item))
                    Visit(inner);
        }
    }

    /// <summary>The last word of a token: Container of docker:index/container:Container.</summary>
    public static string NameOf(string token)
    {
        var word = token[(token.LastIndexOf(':') + 1)..];
        return char.ToUpperInvariant(word[0]) + word[1..];
    }

    private static Resource ReadResource(JsonProperty resource) => new(
        resource.Name,
        Properties(Member(resource.Value, "inputs"), Words(resource.Value, "requiredInputs")),
        Properties(Member(resource.Value, "outputs"), Words(resource.Value, "requiredOutputs")),
        Words(resource.Value, "secrets"));

    private static IReadOnlyList<Property> Properties(JsonElement json, IReadOnlyList<string> required) =>
        [.. json.EnumerateObject().Select(property => new Property(property.Name, Shape.Read(property.Value), required.Contains(property.Name)))];

    private static IReadOnlyList<string> Words(JsonElement json, string name) =>
        [.. Member(json, name).EnumerateArray().Select(word => word.GetString()!)];

    private static JsonElement Member(JsonElement json, string name) => json.TryGetProperty(name, out var member)
        ? member
        : throw new InvalidDataException("The schema has no '" + name + "' where it needs one.");
}
