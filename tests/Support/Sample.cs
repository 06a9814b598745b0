using System.Text.RegularExpressions;

namespace Infra.Tests.Support;

/// <summary>The sample application's services, for settings that are about something else.</summary>
internal static partial class Sample
{
    private const string Connections =
        "DATABASE_URL: \"{postgres.url}\", BROKER_URL: \"{rabbitmq.url}\", CACHE_URL: \"{redis.url/0}\", RESULT_BACKEND_URL: \"{redis.url/1}\"";

    private static readonly (string Name, string Settings)[] Services =
    [
        ("postgres", "{}"),
        ("redis", "{}"),
        ("rabbitmq", "{}"),
        ("web", "{command: uvicorn shop.main:app --host 0.0.0.0 --port 8000}"),
        ("worker", "{}"),
        ("beat", "{}"),
    ];

    /// <summary>The text with those of the sample's services that it does not name itself, and with what leads the application to them.</summary>
    public static string Complete(string yaml)
    {
        if (!yaml.Contains("config:", StringComparison.Ordinal) || yaml.Contains("infra:system:", StringComparison.Ordinal)) return yaml;
        if (yaml.TrimEnd().EndsWith('}') && yaml.StartsWith("config: {", StringComparison.Ordinal)) return InFlow(yaml);
        var services = Block().Match(yaml) is { Success: true } named
            ? yaml[..(named.Index + named.Length)] + Added(yaml, name => $"{named.Groups["indent"].Value}{name}\n") + yaml[(named.Index + named.Length)..]
            : Flow().Match(yaml) is { Success: true } flow
                ? yaml[..(flow.Index + flow.Length)] + Added(yaml, name => name + ", ") + yaml[(flow.Index + flow.Length)..]
                : yaml.TrimEnd('\n') + "\n  infra:services: {" + Added(yaml, name => name + ", ").TrimEnd(',', ' ') + "}\n";
        return App(services);
    }

    private static string InFlow(string yaml)
    {
        var open = yaml.TrimEnd()[..^1];
        return $"{open}, infra:app: {{celery: shop.celery_app, environment: {{{Connections}}}}}, infra:services: {{{Added(yaml, name => name + ", ").TrimEnd(',', ' ')}}}}}\n";
    }

    private static string Added(string yaml, Func<string, string> write) => string.Concat(
        Services.Where(service => !Regex.IsMatch(yaml, $@"(?<![:\w-]){service.Name}:(?![\w])")).Select(service => write($"{service.Name}: {service.Settings}"))
    );

    private static string App(string yaml)
    {
        var celery = yaml.Contains("celery:", StringComparison.Ordinal) ? "" : "celery: shop.celery_app";
        var environment = yaml.Contains("environment: {", StringComparison.Ordinal) ? "" : $"environment: {{{Connections}}}";
        var both = string.Join(", ", new[] { celery, environment }.Where(text => text.Length > 0));
        if (both.Length == 0) return yaml;
        if (FlowOfApp().Match(yaml) is { Success: true } flow) return yaml[..(flow.Index + flow.Length)] + both + ", " + yaml[(flow.Index + flow.Length)..];
        if (BlockOfApp().Match(yaml) is not { Success: true } block) return yaml.TrimEnd('\n') + $"\n  infra:app: {{{both}}}\n";
        var lines = string.Concat(new[] { celery, environment }.Where(text => text.Length > 0).Select(text => $"{block.Groups["indent"].Value}{text}\n"));
        return yaml[..(block.Index + block.Length)] + lines + yaml[(block.Index + block.Length)..];
    }

    [GeneratedRegex(@"infra:services:\n(?=(?<indent> +))")]
    private static partial Regex Block();

    [GeneratedRegex(@"infra:services: ?\{")]
    private static partial Regex Flow();

    [GeneratedRegex(@"infra:app: ?\{ ?(?!\})")]
    private static partial Regex FlowOfApp();

    [GeneratedRegex(@"infra:app:\n(?=(?<indent> +))")]
    private static partial Regex BlockOfApp();
}
