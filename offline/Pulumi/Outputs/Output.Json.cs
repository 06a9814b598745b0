using System.Text.Json;

namespace Pulumi;

public static partial class Output
{
    /// <summary>The value as JSON; inputs and outputs anywhere in it are written as their values.</summary>
    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null) =>
        new(JsonSerializeAsync(value, options));

    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null) =>
        json.Apply(text => JsonSerializer.Deserialize<T>(text, options)!);

    private static async Task<OutputData<string>> JsonSerializeAsync<T>(Output<T> value, JsonSerializerOptions? options)
    {
        var traits = new OutputTraits();
        var root = traits.Add(await value.Data);
        if (!traits.IsKnown)
            return OutputData<string>.Of(null!, traits);

        var nested = new OutputJsonConverter();
        var withNested = options is null ? new JsonSerializerOptions() : new JsonSerializerOptions(options);
        withNested.Converters.Add(nested);

        // A converter cannot wait: it leaves holes and says what they wait for, and the text is written again.
        string json;
        do
            json = JsonSerializer.Serialize(root, withNested);
        while (await nested.WaitAsync());

        foreach (var part in nested.Parts)
            traits.Add(part);
        return OutputData<string>.Of(traits.IsKnown ? json : null!, traits);
    }
}
