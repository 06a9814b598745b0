using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>The values of <c>pulumi config</c> under one name, the project's by default.</summary>
public sealed partial class Config
{
    private const string OldSuffix = ":config";

    private readonly string _name;

    public Config(string? name = null)
    {
        name ??= MockRun.Required.ProjectName;
        _name = name.EndsWith(OldSuffix, StringComparison.Ordinal) ? name[..^OldSuffix.Length] : name;
    }

    private delegate bool Parser<T>(string text, [MaybeNullWhen(false)] out T value);

    private string FullKey(string key) => $"{_name}:{key}";

    private string? Find(string key) => MockRun.Required.Config[FullKey(key)];

    private string Need(string key) => Find(key) ?? throw new ConfigMissingException(FullKey(key));

    private T Parse<T>(string key, string text, Parser<T> parse) =>
        parse(text, out var value) ? value : throw new ConfigTypeException(FullKey(key), text, typeof(T).Name);

    private T? FindValue<T>(string key, Parser<T> parse)
        where T : struct => Find(key) is { } text ? Parse(key, text, parse) : null;

    private Output<T>? FindSecretValue<T>(string key, Parser<T> parse)
        where T : struct => FindValue(key, parse) is { } value ? Output.CreateSecret(value) : null;

    private T NeedValue<T>(string key, Parser<T> parse) => Parse(key, Need(key), parse);

    private T ParseObject<T>(string key, string text, JsonSerializerOptions? options)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, options)!;
        }
        catch (JsonException exception)
        {
            throw new ConfigTypeException(FullKey(key), text, typeof(T).Name, exception);
        }
    }

    private static bool TryBoolean(string text, out bool value)
    {
        value = text == "true";
        return text is "true" or "false";
    }

    private static bool TryInt32(string text, out int value) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    private static bool TryDouble(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private sealed class ConfigMissingException(string key) : RunException(
        $"Missing Required configuration variable '{key}'\n\tplease set a value using the command `pulumi config set {key} <value>`");

    private sealed class ConfigTypeException(string key, string value, string type, Exception? inner = null) : RunException(
        $"Configuration '{key}' value '{value}' is not a valid {type}", inner);
}
