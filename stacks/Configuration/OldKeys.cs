namespace Infra.Stacks.Configuration;

/// <summary>Answers keys that settings once had with those that they have now.</summary>
internal static class OldKeys
{
    private static readonly (string Key, string Then)[] Sections =
    [
        ("web", "Write it as infra:services.web."),
        ("worker", "Write it as infra:services.worker; probe is now ask."),
        ("beat", "Write it as infra:services.beat; probe is now ask."),
        ("flower", "Write it as infra:services.flower; without enabled, since what is named runs; probe is now client."),
        ("postgres", "Write it as infra:services.postgres."),
        ("redis", "Write it as infra:services.redis; probe is now ask."),
        ("rabbitmq", "Write it as infra:services.rabbitmq."),
        ("gateway", "Write infra:proxy: { httpPort: PORT }; its body is maxBody of a site."),
        ("probes", "Write each as infra:services.NAME.probe."),
    ];

    private static readonly (string Key, string Then)[] OfApp =
    [
        ("migrate", "Write a service of the kind step: infra:services.migrations: { kind: step, command: … }."),
        (
            "variables",
            "Write them into infra:app.environment: DATABASE_URL: \"{postgres.url}\", BROKER_URL: \"{rabbitmq.url}\", CACHE_URL: \"{redis.url/0}\"."
        ),
    ];

    private const string IntoSite = "Write it into a site: infra:proxy.sites: { NAME: { ";

    private static readonly (string Key, string Then)[] OfProxySection =
    [
        ("domain", "Write infra:proxy.sites: { DOMAIN: {} }."),
        ("web", IntoSite + "routes: { /: WEB } } }."),
        ("hidden", IntoSite + "hidden: […] } }."),
        ("maxBody", IntoSite + "maxBody: SIZE } }, or into one of its routes."),
    ];

    /// <summary>Notes those that are still there.</summary>
    public static void Review(Section section) => Review(section, Sections);

    /// <summary>Notes those of the application.</summary>
    public static void ReviewApp(Section app) => Review(app, OfApp);

    /// <summary>The proxy's, which are noted anyway.</summary>
    public static IReadOnlyCollection<string> OfProxy { get; } = Array.ConvertAll(OfProxySection, each => each.Key);

    /// <summary>Notes those of the proxy.</summary>
    public static void ReviewProxy(Section proxy) => Review(proxy, OfProxySection);

    private static void Review(Section section, (string Key, string Then)[] keys)
    {
        foreach (var (key, then) in keys)
        {
            if (!section.IsSet(key)) continue;
            section.Allow(key);
            section.Report(key, "It has moved.", then);
        }
    }
}
