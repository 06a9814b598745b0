using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>Turns values into what mocks see: texts, booleans, doubles, immutable arrays and immutable dictionaries.</summary>
internal static class Plain
{
    /// <summary>
    /// The plain value of a resource's input or output.
    /// What fails in it is reported with the property's name, as an error that no program expects.
    /// </summary>
    public static async ValueTask<object?> OfPropertyAsync(string name, object? value, OutputTraits traits)
    {
        try
        {
            return await OfAsync(value, traits);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"error serializing property \"{name}\": {exception.Message}", exception);
        }
    }

    /// <summary>The plain value; what is unknown or secret in it goes into <paramref name="traits"/>.</summary>
    public static async ValueTask<object?> OfAsync(object? value, OutputTraits traits) => value switch
    {
        null or string or bool or double => value,
        int or uint or long or ulong or short or ushort or byte or sbyte or float or decimal =>
            Convert.ToDouble(value, CultureInfo.InvariantCulture),
        IInput input => await OfAsync(input.ToUntypedOutput(), traits),
        IOutput output => await OfAsync(traits.Add(await output.GetDataAsync()), traits),
        IUnion union => await OfAsync(union.Value, traits),
        InputArgs args => await OfArgsAsync(args, traits),
        CustomResource resource => await OfAsync(resource.Id, traits),
        Resource resource => await OfAsync(resource.Urn, traits),
        JsonElement json => await OfJsonAsync(json, traits),
        IDictionary map => await OfMapAsync(map.Keys.Cast<string>().Select(key => KeyValuePair.Create(key, map[key])), traits),
        IEnumerable<KeyValuePair<string, object?>> map => await OfMapAsync(map, traits),
        IEnumerable list => await OfListAsync(list, traits),
        _ when value.GetType().IsDefined(typeof(EnumTypeAttribute), inherit: false) => value.ToString(),
        Enum => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A {value.GetType()} cannot be an input."),
    };

    private static async ValueTask<object?> OfArgsAsync(InputArgs args, OutputTraits traits)
    {
        var map = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var (member, value) in InputMember.ValuesOf(args))
        {
            if (await OfAsync(member.Checked(value), traits) is { } plain)
                map[member.Name] = member.Json ? JsonSerializer.Serialize(plain) : plain;
        }

        return map.ToImmutable();
    }

    private static async ValueTask<object?> OfMapAsync(IEnumerable<KeyValuePair<string, object?>> pairs, OutputTraits traits)
    {
        var map = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var (key, value) in pairs)
        {
            if (await OfAsync(value, traits) is { } plain)
                map[key] = plain;
        }

        return map.ToImmutable();
    }

    private static async ValueTask<object?> OfListAsync(IEnumerable list, OutputTraits traits)
    {
        // An output that a mock left out is a default array, which cannot be enumerated.
        if (list is ValueType && list.Equals(default(ImmutableArray<object?>)))
            return null;

        var items = ImmutableArray.CreateBuilder<object?>();
        foreach (var item in list)
            items.Add(await OfAsync(item, traits));

        return items.ToImmutable();
    }

    private static async ValueTask<object?> OfJsonAsync(JsonElement json, OutputTraits traits) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.Array => await OfListAsync(json.EnumerateArray(), traits),
        JsonValueKind.Object => await OfMapAsync(
            json.EnumerateObject().Select(property => KeyValuePair.Create<string, object?>(property.Name, property.Value)), traits),
        _ => null,
    };
}
