namespace Infra.Tests.Stacks;

/// <content>Values that show what a setting does.</content>
public sealed partial class UnsupportedSettingsTests
{
    // Another value than the default's, where that of its kind would not do.
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["prefix"] = "other-",
        ["images"] = "debian",
        ["containerNames"] = """{"redis": "cache"}""",
        ["volumes"] = """{"redis": "old_redis", "redis_data": "old_redis_data"}""",
        ["app.context"] = "samples",
        ["app.tag"] = "acme/shop:1.4",
        ["app.image"] = "ghcr.io/acme/shop:1.4",
        ["app.registry"] = "ghcr.io/acme/shop",
        ["app.platforms"] = """["linux/arm64"]""",
        ["app.source"] = """["code"]""",
        ["app.celery"] = "other.celery",
        ["app.reload"] = "sync",
        ["app.reloader"] = "watchfiles",
        ["app.secrets"] = """["STRIPE_KEY"]""",
        ["app.public"] = """["RECAPTCHA_TOKEN"]""",
        ["app.delivery"] = "export",
        ["app.volumes"] = """{"media": "/srv/media"}""",
        ["app.build.runtime"] = "distroless",
        ["app.build.installer"] = "pip",
        ["backup.at"] = "04:30",
        ["logging.driver"] = "journald",
        ["logging.options"] = """{"max-size": "2m"}""",
        ["monitoring.scrape"] = """{"mailer": "mailer:9200"}""",
        ["monitoring.rules"] = "tests/Snapshots",
        ["monitoring.dashboards"] = "docs",
        ["proxy.email"] = "ops@example.com",
        ["proxy.acme"] = "https://ca.example.com/directory",
        ["proxy.trustedProxies"] = """["10.0.0.0/8"]""",
        ["proxy.sites.NAME.aliases"] = """["www.name"]""",
        ["proxy.sites.NAME.tls"] = "internal",
        ["proxy.sites.NAME.basicAuth"] = """{"ops": "{secrets.ops-password}"}""",
        ["proxy.sites.NAME.hidden"] = """["/internal"]""",
        ["proxy.sites.NAME.routes.PATH.service"] = "web",
        ["proxy.sites.NAME.routes.PATH.redirect"] = "/new",
        ["proxy.sites.NAME.routes.PATH.fallback"] = "/index.html",
        ["proxy.sites.NAME.routes.PATH.of"] = "web",
        ["proxy.sites.NAME.routes.PATH.basicAuth"] = """{"ops": "{secrets.ops-password}"}""",
    };

    // What must be set besides for it to show.
    private static readonly (string Path, string Stack, string Besides, string Value)[] Conditions =
    [
        ("app.reload", "paqueteria", "app.liveSource", "true"),
        ("app.reloader", "paqueteria", "app.liveSource", "true"),
        ("app.source", "paqueteria", "app.liveSource", "true"),
        ("services.", "paqueteria", "app.liveSource", "true"),
        ("app.build.otherServices", "", "app.build.service", "web"),
        ("backup.keep", "", "backup.enabled", "true"),
        ("monitoring.alertmanager.", "", "monitoring.webhook", "true"),
        ("monitoring.", "", "monitoring.enabled", "true"),
        ("proxy.sites.NAME.routes.PATH.strip", "", "proxy.sites.NAME.routes.PATH.service", "web"),
        ("proxy.sites.NAME.routes.PATH.maxBody", "", "proxy.sites.NAME.routes.PATH.service", "web"),
        ("proxy.sites.NAME.routes.PATH.timeoutSeconds", "", "proxy.sites.NAME.routes.PATH.service", "web"),
        ("proxy.sites.NAME.routes.PATH.basicAuth", "", "proxy.sites.NAME.routes.PATH.service", "web"),
        ("proxy.sites.NAME.routes.PATH.of", "", "proxy.sites.NAME.routes.PATH.files", "/app/static"),
        ("proxy.sites.NAME.routes.PATH.cacheSeconds", "", "proxy.sites.NAME.routes.PATH.files", "media"),
        ("proxy.sites.NAME.routes.PATH.cacheSeconds", "", "app.volumes", """{"media": "/srv/media"}"""),
        ("proxy.sites.NAME.routes.PATH.fallback", "", "proxy.sites.NAME.routes.PATH.files", "media"),
        ("proxy.sites.NAME.routes.PATH.fallback", "", "app.volumes", """{"media": "/srv/media"}"""),
        ("proxy.", "", "proxy.enabled", "true"),
        ("app.entrypoint", "", "app.delivery", "export"),
        ("app.entrypoint", "", "app.secrets", """["STRIPE_KEY"]"""),
        ("app.delivery", "", "app.secrets", """["STRIPE_KEY"]"""),
        ("services.container.containerPort", "", "app.environment", """{"PEER": "{container.url}"}"""),
        ("services.container.scheme", "", "app.environment", """{"PEER": "{container.url}"}"""),
        ("services.external.", "", "app.environment", """{"PEER": "{external.url}"}"""),
        ("services.process.containerPort", "", "app.environment", """{"PEER": "{process.url}"}"""),
        ("services.web.metrics", "", "monitoring.enabled", "true"),
        ("services.web.port", "prod", "proxy.enabled", "false"),
    ];
}
