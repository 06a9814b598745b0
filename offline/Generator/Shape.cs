using System.Text.Json;

namespace Generator;

/// <summary>How often a property holds its item.</summary>
internal enum Wrapping { One, List, Map }

/// <summary>What a property holds: an item, or a list or a map of it; the item is a plain word of the schema or the name of a type.</summary>
internal sealed record Shape(Wrapping Wrapping, string Item, bool IsReference)
{
    public static Shape Read(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? new(Wrapping.One, json.GetString()!, IsReference: false)
        : json.EnumerateObject().Single() switch
        {
            { Name: "ref" } reference => new(Wrapping.One, reference.Value.GetString()!, IsReference: true),
            { Name: "array" } list => Read(list.Value) with { Wrapping = Wrapping.List },
            { Name: "map" } map => Read(map.Value) with { Wrapping = Wrapping.Map },
            var other => throw new InvalidDataException("The schema has a shape of an unknown kind: " + other.Name + "."),
        };
}
