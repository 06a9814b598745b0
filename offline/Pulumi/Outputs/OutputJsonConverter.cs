using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi;

/// <summary>Writes inputs and outputs as their values.</summary>
internal sealed class OutputJsonConverter : JsonConverterFactory
{
    private readonly Dictionary<object, OutputData<object?>> _values = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _missing = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<OutputData<object?>> Parts => _values.Values;

    public override bool CanConvert(Type typeToConvert) =>
        typeof(IOutput).IsAssignableFrom(typeToConvert) || typeof(IInput).IsAssignableFrom(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert), this)!;

    /// <summary>Waits for the values that were missed; false if none was.</summary>
    public async Task<bool> WaitAsync()
    {
        var missing = _missing.ToArray();
        _missing.Clear();
        foreach (var part in missing)
            _values[part] = await (part is IInput input ? input.ToUntypedOutput() : (IOutput)part).GetDataAsync();

        return missing.Length > 0;
    }

    private sealed class Converter<T>(OutputJsonConverter owner) : JsonConverter<T>
        where T : class
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Inputs and outputs are written as JSON, not read from it.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            if (!owner._values.TryGetValue(value, out var data))
                owner._missing.Add(value);

            JsonSerializer.Serialize(writer, data?.Value, options);
        }
    }
}
