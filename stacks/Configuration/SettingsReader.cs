using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Understands a stack's settings, or says everything that is wrong with them.</summary>
internal static class SettingsReader
{
    /// <summary>The settings of a stack.</summary>
    /// <exception cref="SettingsException">Any of them is unknown, missing or of the wrong kind.</exception>
    public static Settings Parse(SettingsSource source, string project, string stack, ImmutableArray<ServiceKind> kinds)
    {
        List<Finding> findings = [];
        var settings = Read(new Section(source, source.Values, "", findings, new Declarations()), source, project, stack, kinds);
        if (findings.Count == 0) return settings;
        var error = new SettingsException([.. findings], settings, source);
        throw error.Sections.Any(section => section is "environment" or "system") ? new SettingsException([.. findings]) : error;
    }

    /// <summary>Every setting that there is, with the defaults of such a stack.</summary>
    public static ImmutableArray<Setting> Declared(EnvironmentKind environment, ImmutableArray<ServiceKind> kinds)
    {
        var declarations = new Declarations { AreWhole = true };
        var values = new JsonObject { ["environment"] = SettingKinds.Spelled(environment.ToString()) };
        var source = new SettingsSource("", values, ImmutableHashSet<string>.Empty, ImmutableDictionary<string, (int, int)>.Empty);
        Read(new Section(source, values, "", [], declarations), source, "", "", kinds);
        return declarations.All;
    }

    private static Settings Read(Section root, SettingsSource source, string project, string stack, ImmutableArray<ServiceKind> kinds)
    {
        var environment = root.Choice<EnvironmentKind>("environment",
            "`dev`: code reload, generated secrets. `prod`: read-only roots, every secret given", "none, must be set");
        if (environment is null && !source.Values.ContainsKey("environment") && !source.Encrypted.Contains("environment"))
            root.Report("environment", "It is not set.", "Set it to dev or prod.");
        var naming = new Naming(
            project,
            stack,
            root.Prefix("prefix", "the prefix of the physical names of containers, volumes and networks", "`PROJECT-STACK-`")
        );
        var images = root.ChoiceOr("images", ImageSource.Auto, "where third-party images come from");
        var system = root.Choice<SystemKind>("system", "a ready [system](systems.md) instead of the application of `infra:app`");
        var names = root.Containers("containerNames", "physical names of containers, by service, where `prefix` and the service's name will not do");
        var volumes = ExistingVolumes.Read(root);
        var attempt = root.Text("attempt", "change it to run a failed one-off step again under Pulumi");
        var app = root.Read("app", "the application", section => ApplicationSettings.Read(section, environment));
        var monitoring = root.Read(
            "monitoring",
            "what watches the stack",
            section => MonitoringSettings.Read(section, environment),
            MonitoringSettings.Stacks
        );
        var proxy = root.Read(
            "proxy",
            "the proxy in front of the application: in prod, in dev where it has sites, and in `creator-hub`",
            section => ProxySettings.Read(section, environment, system),
            StackKinds.Own | StackKinds.CreatorHub
        );
        var services = ServicesReader.Read(root, kinds, system, app, monitoring.Enabled);
        var settings = new Settings
        {
            Naming = naming,
            Environment = environment ?? EnvironmentKind.Dev,
            Images = images,
            Attempt = attempt,
            Volumes = volumes,
            App = app,
            Services = services,
            Proxy = proxy.Completed(services, system, environment),
            Backup = root.Read("backup", "the daily backup, on in prod", section => BackupSettings.Read(section, environment)),
            Systems = SystemSettingsReader.Read(root, system, names),
            Logging = root.Read("logging", "where logs go", LoggingSettings.Read),
            Network = root.Read("network", "the stack's networks", NetworkSettings.Read),
            Monitoring = monitoring,
            Waivers = WaiverSettings.Read(root, "waivers", services),
        };
        ServiceReferences.Review(root, settings);
        CommandMentions.Review(root, source.Values, settings);
        MissingCommands.Review(root, settings);
        OldKeys.Review(root);
        ProxyReview.Review(root, settings);
        CoveredCode.Review(root, settings);
        PoolSettings.Review(root, settings);
        UselessSettings.Review(root, source.Values, settings);
        UnsupportedSettings.Review(root, source.Values, settings);
        foreach (var secret in SecretsOf(settings)) root.Allow(secret.Name);
        root.Close();
        root.ReviewStrays();
        return settings;
    }

    private static IEnumerable<Secret> SecretsOf(Settings settings) =>
    [
        Secrets.Grafana,
        Secrets.AlertWebhook,
        Secrets.DeadManWebhook,
        .. settings.Services.SelectMany(service => service.Kind.Secrets(service.Args)),
        .. settings.Services.SelectMany(service => service.Process?.Secrets.Values ?? []),
        .. settings.App.Process.Secrets.Values,
        .. settings.Proxy.Secrets,
        .. settings.Services.SelectMany(service => service.Process?.References ?? []).SelectMany(text => text.Holes)
            .Where(hole => hole.Service == ReferenceHole.Secrets).Select(hole => new Secret(hole.What)),
    ];
}
