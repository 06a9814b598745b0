using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests.Support;

/// <summary>The sample application's services, for settings that are about something else.</summary>
internal static class Sample
{
    private const string Connections =
        "{DATABASE_URL: \"{postgres.url}\", BROKER_URL: \"{rabbitmq.url}\", CACHE_URL: \"{redis.url/0}\", RESULT_BACKEND_URL: \"{redis.url/1}\"}";

    private static readonly (string Name, string Settings)[] Services =
    [
        ("postgres", "{}"),
        ("redis", "{}"),
        ("rabbitmq", "{}"),
        ("web", "{command: uvicorn shop.main:app --host 0.0.0.0 --port 8000}"),
        ("worker", "{}"),
        ("beat", "{}"),
    ];

    private static readonly (string Name, string Settings)[] App = [("celery", "shop.celery_app"), ("environment", Connections)];

    /// <summary>
    /// The text with those of the sample's services that it does not name itself, and with what leads the application to them,
    /// all behind what is written: that keeps its place.
    /// </summary>
    public static string Complete(string yaml)
    {
        if (Config(yaml) is not { } config || config.Children.ContainsKey("infra:system")) return yaml;
        // Without an application to read there is no Celery.
        var services = IsMap(config, "infra:app") ? Services : Services[..^2];
        return Add(Add(yaml, "infra:services", services), "infra:app", App);
    }

    private static string Add(string yaml, string key, (string Name, string Settings)[] entries)
    {
        if (Config(yaml) is not { } config || !IsMap(config, key)) return yaml;
        var map = config.Children.TryGetValue(key, out var value) ? value as YamlMappingNode : null;
        string[] missing =
        [
            .. entries.Where(entry => map?.Children.ContainsKey(entry.Name) != true).Select(entry => $"{entry.Name}: {entry.Settings}"),
        ];
        if (missing.Length == 0)
            return yaml;
        return map is not null ? Into(yaml, map, missing) : Into(yaml, config, [$"{key}: {{{string.Join(", ", missing)}}}"]);
    }

    private static string Into(string yaml, YamlMappingNode map, string[] entries)
    {
        if (map.Style == YamlDotNet.Core.Events.MappingStyle.Flow)
        {
            var end = Closing(yaml, (int)map.Start.Index);
            return yaml[..end] + (map.Children.Count == 0 ? "" : ", ") + string.Join(", ", entries) + yaml[end..];
        }

        var lines = yaml.TrimEnd('\n').Split('\n').ToList();
        var first = map.Children.First().Key.Start;
        var at = (int)first.Line;
        while (at < lines.Count && (lines[at].Trim().Length == 0 || lines[at].Length - lines[at].TrimStart().Length >= first.Column - 1)) at++;
        lines.InsertRange(at, entries.Select(entry => new string(' ', (int)first.Column - 1) + entry));
        return string.Join('\n', lines) + "\n";
    }

    // The reader says where a map begins, and not where it ends.
    private static int Closing(string yaml, int open)
    {
        var (depth, quote) = (0, '\0');
        for (var at = open; at < yaml.Length; at++)
        {
            var letter = yaml[at];
            if (quote != '\0') quote = letter == quote && (quote == '\'' || yaml[at - 1] != '\\') ? '\0' : quote;
            else if ((letter is '"' or '\'') && (yaml[at - 1] is ' ' or '[' or '{')) quote = letter;
            else if (letter is '{' or '[') depth++;
            else if ((letter is '}' or ']') && --depth == 0) return at;
        }

        throw new ArgumentException("A brace is not closed.", nameof(yaml));
    }

    // What is not there can become one; what is encrypted, or no map, is what a test is about.
    private static bool IsMap(YamlMappingNode config, string key) => !config.Children.TryGetValue(key, out var value)
        || (value is YamlMappingNode map && !map.Children.ContainsKey("secure"));

    private static YamlMappingNode? Config(string yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents is [{ RootNode: YamlMappingNode root }] && root.Children.TryGetValue("config", out var config)
                ? config as YamlMappingNode
                : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }
}
