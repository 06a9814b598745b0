using System.Text.Json;

namespace Pulumi;

/// <summary>The run's configuration, by full key. Which keys are secret changes nothing here: RequireSecret makes any value one.</summary>
internal sealed class ConfigValues
{
    private const string Variable = "PULUMI_CONFIG";

    private readonly Dictionary<string, string> _values = [];

    public string? this[string fullKey] => _values.GetValueOrDefault(fullKey);

    public static ConfigValues FromEnvironment()
    {
        var config = new ConfigValues();
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text)
            return config;

        using var json = JsonDocument.Parse(text);
        foreach (var property in json.RootElement.EnumerateObject())
            config._values[ShortKey(property.Name)] = property.Value.ToString();

        return config;
    }

    /// <summary><c>ns:config:key</c> is an old spelling of <c>ns:key</c>.</summary>
    private static string ShortKey(string key) => key.Split(':') is [var space, "config", var name] ? $"{space}:{name}" : key;
}
