using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Components.Dockerfiles;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Bake;
using Infra.Targets.Compose;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>A setting either changes what the stack is or is refused: none is dropped in silence, by any stack.</summary>
public sealed partial class UnsupportedSettingsTests
{
    // Code is reloaded in development alone, and a file for production may be one of development's with another environment.
    private static readonly string[] OfDevelopment = ["app.reload", "app.reloader", "app.source"];

    public static TheoryData<string> Stacks => [.. StackKindNames.Each.Select(each => each.Name)];

    [Fact]
    public void A_setting_that_changes_nothing_is_refused_with_who_takes_it_and_all_of_them_at_once() =>
        SettingsOf
            .Problems(
                """
                config:
                  infra:system: marketplace
                  infra:environment: prod
                  infra:proxy: { email: ops@example.com }
                  infra:backup: { enabled: true, at: "21:05" }
                  infra:services:
                    flower: { }
                  infra:app: { celery: shop, liveSource: true }

                """,
                "marketplace-prod"
            )
            .Split('\n')
            .Should()
            .Equal(
                "Pulumi.marketplace-prod.yaml:7:5 infra:services.flower: The system marketplace has no such service. "
                    + "Its services: postgres, redis, web, celery, celery-beat.",
                "Pulumi.marketplace-prod.yaml:6:3 infra:services.web.command: Migrations run before it, so it must be known. "
                    + "Write it, as the image's CMD has it.",
                "Pulumi.marketplace-prod.yaml:8:30 infra:app.liveSource: The system marketplace does not support it, so it would change nothing. "
                    + "Drop it; it is for paqueteria.",
                "Pulumi.marketplace-prod.yaml:5:19 infra:backup.enabled: The system marketplace does not support it, so it would change nothing. "
                    + "Drop it; it is for prod, creator-hub.",
                "Pulumi.marketplace-prod.yaml:4:3 infra:proxy: The system marketplace does not support it, so it would change nothing. "
                    + "Drop it; it is for dev, prod, creator-hub."
            );

    [Fact]
    public void Development_takes_none_of_productions_own() =>
        SettingsOf
            .Problems("config:\n  infra:environment: dev\n  infra:proxy: {httpPort: 81}\n")
            .Should()
            .Be("Pulumi.dev.yaml:3:17 infra:proxy.httpPort: In dev there is a proxy only where it has sites, so it would change nothing. "
                + "Write sites, or enabled: true.");

    [Fact]
    public void What_is_set_to_false_where_there_is_none_is_as_it_was_asked_for() =>
        SettingsOf
            .Problems("config:\n  infra:environment: dev\n  infra:proxy: {enabled: false}\n  infra:backup: {enabled: false}\n")
            .Should()
            .BeEmpty();

    [Fact]
    public void An_Alertmanager_that_would_tell_nobody_is_not_set_up_in_paqueteria()
    {
        const string Text =
            "config:\n  infra:system: paqueteria\n  infra:app: {celery: shop}\n  infra:environment: prod\n  "
                + "infra:monitoring: {alertmanager: {port: 9094}";

        SettingsOf
            .Problems(Text + "}\n")
            .Should()
            .Be(
                "Pulumi.dev.yaml:5:22 infra:monitoring.alertmanager: The system paqueteria has an Alertmanager only where alerts are posted, "
                    + "so it would change nothing. Set infra:monitoring's webhook or deadMan to true, or drop it."
            );
        SettingsOf.Problems(Text + ", deadMan: true}\n").Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task No_setting_is_dropped_in_silence(string stack)
    {
        var kind = StackKindNames.Each.Single(each => each.Name == stack).Kind;
        var silent = new List<string>();
        var seen = new Dictionary<string, string?>();
        foreach (var setting in Settable(stack).Where(setting => stack != "prod" || !IsOfDevelopment(setting.Path)))
        {
            var without = Values(stack, setting.Path);
            var changes = false;
            foreach (var sample in Samplings(stack, setting, without))
            {
                var with = (JsonObject)without.DeepClone();
                Set(with, setting.Path, sample);

                // A part that is not wanted where there is none is as it was asked for.
                changes |= !UnsupportedSettings.IsAsked(with, setting.Path) && !setting.Stacks.HasFlag(kind);
                changes = changes || await SeenAsync(with) is not { } observed || observed != await SeenAsync(without);
            }

            if (!changes) silent.Add(setting.Path);
        }

        silent.Should().BeEmpty("{0} takes or refuses each", stack);

        async Task<string?> SeenAsync(JsonObject values) =>
            seen.TryGetValue(values.ToJsonString(), out var before) ? before : seen[values.ToJsonString()] = await ObservedAsync(values);
    }

    // Nothing where the settings are refused.
    private static async Task<string?> ObservedAsync(JsonObject values)
    {
        Settings settings;
        try
        {
            settings = SettingsParser.Parse(SettingsOf.Source("config: {}") with { Values = values, Root = Offline.Repository.Root }, "shop", "any");
        }
        catch (SettingsException)
        {
            return null;
        }

        var topology = await StackFactory.GatherAsync(settings);
        return string.Join(
            '\n',
            ComposeWriter.Write(topology, new ComposeOptions()),
            BakeWriter.Write(topology),
            DockerfileWriter.Write(BuildSettings.OptionsOf(settings)),
            DockerignoreWriter.Write(BuildSettings.OptionsOf(settings)),
            settings.App.Image.DebianDockerfile,
            settings.Images,
            settings.Attempt,
            System.Text.Json.JsonSerializer.Serialize(settings.Waivers),
            settings.Backup.At,
            settings.App.Releases,
            string.Join(',', topology.Externals),
            string.Join(',', topology.Services.SelectMany(service => service.Routes.Select(route => route.Drain))),
            string.Join(',', topology.Services.SelectMany(service => service.Public.Select(variable => $"{service.Name}.{variable}")))
        );
    }

    private static JsonObject Values(string stack, string path)
    {
        var values = stack is "dev" or "prod"
            ? new JsonObject { ["environment"] = stack }
            : new JsonObject { ["environment"] = "dev", ["system"] = stack };
        Set(values, "app.celery", "shop.celery_app");
        foreach (
            var (name, kind) in Services(stack)
                .Where(service => service.Kind is "web" or "process" or "step" or "container" or "external" or "flower" || SystemOf(stack) is null)
        )
        {
            Set(values, $"services.{name}", "{}");
            if (kind is "process" or "step" or "container" || (kind == "web" && SystemOf(stack) != SystemKind.CreatorHub))
                Set(values, $"services.{name}.command", "serve");
            if (kind == "container")
                Set(values, $"services.{name}.image", "acme/other:1");
            if (kind == "external")
                Set(values, $"services.{name}.host", "other.example.com");
        }

        if (KeyOf(path) is var (service, key))
            foreach (var (besides, value) in Besides(Services(stack).First(each => each.Name == service).Kind, key))
                Set(values, $"services.{service}.{besides}", value);
        foreach (
            var condition in Conditions.Where(condition =>
                path.StartsWith(condition.Path, StringComparison.Ordinal)
                && path != condition.Besides
                && (condition.Stack.Length == 0 || condition.Stack == stack)
            )
        )
            Set(values, condition.Besides, condition.Value);
        return values;
    }

    private static string Sample(Setting setting, JsonObject without) =>
        Samples.GetValueOrDefault(setting.Path)
        ?? setting.Kind!.Name switch
        {
            "true, false" => IsOn(setting, without) ? "false" : "true",
            "size" => "3GiB",
            "cores" => "1.75",
            "image" => "acme/other:7.1.2-alpine",
            "path" => setting.Usual?.StartsWith("`/", StringComparison.Ordinal) == true ? "/other" : "other",
            "command" => """["python3", "-m", "other"]""",
            "list" => """["other"]""",
            "map" => """{"OTHER": "1"}""",
            "text" => "OTHER",
            var range when range.Split(" to ") is [_, var most] => Math.Min(
                    18000,
                    int.Parse(most, System.Globalization.CultureInfo.InvariantCulture) - 1
                )
                .ToString(System.Globalization.CultureInfo.InvariantCulture),
            var other => throw new InvalidOperationException($"{setting.Path}: There is no other value of '{other}' in Samples."),
        };

    // Those whose default is words go by the environment, or by what was set besides.
    private static bool IsOn(Setting setting, JsonObject without) =>
        setting.Usual == "`true`"
        || UnsupportedSettings.IsAsked(without, setting.Path)
        || (setting.Usual is not "`false`" && without["environment"]!.ToString() == "prod");

    private static void Set(JsonObject values, string path, string value)
    {
        var keys = path.Split('.').Select(key => key switch { "NAME" => "name", "PATH" => "/path", _ => key }).ToArray();
        foreach (var key in keys[..^1])
            values = (JsonObject)(values[key] ??= new JsonObject());
        values[keys[^1]] = value[0] is '{' or '[' ? JsonNode.Parse(value) : JsonValue.Create(value);
    }
}
