using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.PulumiEngine;
using Infra.Stacks.Configuration;

namespace Infra;

/// <summary>Reads a stack's configuration as Pulumi gives it to the program, in environment variables.</summary>
public static class PulumiConfiguration
{
    /// <summary>The settings of our namespace, as Pulumi hands them over: texts, and JSON for what is structured.</summary>
    /// <param name="configuration">The values, a JSON object.</param>
    /// <param name="file">What an error calls their source.</param>
    /// <param name="secretKeys">The keys of those that were encrypted, a JSON array.</param>
    /// <param name="project">The project's name, which Pulumi puts before a key that has no namespace.</param>
    public static SettingsSource Source(string? configuration, string file, string? secretKeys = null, string? project = null)
    {
        var values = new JsonObject();
        var given = JsonNode.Parse(configuration ?? "{}")!.AsObject();
        foreach (var (key, value) in given)
            if (key.StartsWith(SettingsSource.Namespace + ":", StringComparison.Ordinal))
                values[key[(SettingsSource.Namespace.Length + 1)..]] = Structured(value);
        var encrypted = JsonNode
            .Parse(secretKeys ?? "[]")!
            .AsArray()
            .Select(key => key!.ToString())
            .Where(key => key.StartsWith(SettingsSource.Namespace + ":", StringComparison.Ordinal))
            .Select(key => key[(SettingsSource.Namespace.Length + 1)..])
            .ToImmutableHashSet();
        foreach (var key in encrypted)
            values.Remove(key);
        return new SettingsSource(file, values, encrypted, ImmutableDictionary<string, (int, int)>.Empty)
        {
            Strays =
            [
                .. given
                    .Select(pair => pair.Key)
                    .Where(key => project is not (null or SettingsSource.Namespace) && key.StartsWith(project + ":", StringComparison.Ordinal)),
            ],
        };
    }

    /// <summary>A secret's value in the configuration as Pulumi hands it over, deciphered; nothing where it has none.</summary>
    public static SecretValue? Value(string? configuration, Secret secret)
    {
        var value = JsonNode.Parse(configuration ?? "{}")![PulumiCli.KeyOf(secret)]?.ToString();
        return value is null or "" or "null" ? null : (SecretValue)value;
    }

    private static JsonNode? Structured(JsonNode? value)
    {
        if (value is not JsonValue text) return value?.DeepClone();
        var content = text.ToString();
        // What a key without a value comes as.
        if (content == "null") return null;
        if (!content.StartsWith('{') && !content.StartsWith('[')) return JsonValue.Create(content);
        try
        {
            return JsonNode.Parse(content);
        }
        catch (System.Text.Json.JsonException)
        {
            // A secret may begin with a brace.
            return JsonValue.Create(content);
        }
    }
}
