using System.Text.Json.Nodes;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Compose;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>A setting either changes what the stack runs or is refused.</summary>
public sealed class TakenSettingsTests
{
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["app.celery"] = "other.celery",
        ["app.liveSource"] = "true",
        ["app.migrate"] = "python3 -m shop.migrate",
        ["app.reload"] = "sync",
        ["app.reloader"] = "watchfiles",
        ["app.variables.broker"] = "MQ",
        ["app.variables.database"] = "DB",
        ["app.variables.databaseScheme"] = "postgresql+asyncpg",
        ["app.variables.results"] = "RESULTS",
        ["app.volumes"] = """{"media": "/srv/media"}""",
        ["backup.enabled"] = "true",
        ["backup.keep"] = "3",
        ["beat"] = """{"memory": "1GiB"}""",
        ["chroma"] = """{"port": 18001}""",
        ["flower"] = """{"enabled": true}""",
        ["gateway"] = """{"port": 18002}""",
        ["localstack"] = """{"port": 18003}""",
        ["monitoring"] = """{"enabled": true, "retentionDays": 3}""",
        ["ollama"] = """{"port": 18004}""",
        ["postgres"] = """{"memory": "1GiB"}""",
        ["proxy"] = """{"enabled": true, "httpPort": 18005}""",
        ["rabbitmq"] = """{"memory": "1GiB"}""",
        ["web.health"] = "/well",
        ["web.metrics"] = "/numbers",
        ["web.port"] = "18006",
        ["web.probe"] = "curl",
        ["worker"] = """{"concurrency": 7}""",
    };

    // What must be set besides for it to show: a proxy takes web's port away, and production reloads nothing unless it is told to.
    private static readonly Dictionary<(string Stack, string Path), (string Path, string Value)> Besides = new()
    {
        [("prod", "web.port")] = ("proxy", """{"enabled": false}"""),
        [("prod", "backup.enabled")] = ("backup.enabled", "false"),
        [("dev", "web.metrics")] = ("monitoring.enabled", "true"),
        [("marketplace", "web.metrics")] = ("monitoring.enabled", "true"),
        [("creator-hub", "web.metrics")] = ("monitoring.enabled", "true"),
        [("paqueteria", "web.metrics")] = ("monitoring.enabled", "true"),
        [("creator-hub", "backup.keep")] = ("backup.enabled", "true"),
        [("paqueteria", "app.reload")] = ("app.liveSource", "true"),
        [("paqueteria", "app.reloader")] = ("app.liveSource", "true"),
    };

    public static TheoryData<string> Stacks => [.. TakenSettings.Table.Select(row => row.Stack)];

    [Fact]
    public void A_setting_that_changes_nothing_is_refused_with_who_takes_it_and_all_of_them_at_once()
        => SettingsOf.Problems("""
            config:
              infra:system: marketplace
              infra:environment: prod
              infra:proxy: { domain: shop.example.com }
              infra:backup: { enabled: true, at: "21:05" }
              infra:flower: { enabled: true }
              infra:app: { migrate: python3 -m shop.migrate }

            """, "marketplace-prod").Split('\n').Should().Equal(
            "Pulumi.marketplace-prod.yaml:7:16 infra:app.migrate: The system marketplace does not take it, so it would change nothing. Drop it; it is for dev, prod.",
            "Pulumi.marketplace-prod.yaml:5:19 infra:backup.enabled: The system marketplace does not take it, so it would change nothing. Drop it; it is for prod, creator-hub.",
            "Pulumi.marketplace-prod.yaml:6:3 infra:flower: The system marketplace does not take it, so it would change nothing. Drop it; it is for dev, prod, mikrom.",
            "Pulumi.marketplace-prod.yaml:4:3 infra:proxy: The system marketplace does not take it, so it would change nothing. Drop it; it is for prod, creator-hub.");

    [Fact]
    public void Development_takes_none_of_productions_own()
        => SettingsOf.Problems("config:\n  infra:environment: dev\n  infra:proxy: {httpPort: 81}\n").Should()
            .Be("Pulumi.dev.yaml:3:3 infra:proxy: A dev stack does not take it, so it would change nothing. Drop it; it is for prod, creator-hub.");

    [Fact]
    public void What_is_set_to_false_where_there_is_none_is_as_it_was_asked_for()
        => SettingsOf.Problems("config:\n  infra:environment: dev\n  infra:proxy: {enabled: false}\n  infra:backup: {enabled: false}\n  infra:gateway: {}\n").Should().BeEmpty();

    [Fact]
    public void An_Alertmanager_that_would_tell_nobody_is_not_set_up_in_paqueteria()
    {
        const string Text = "config:\n  infra:system: paqueteria\n  infra:environment: prod\n  infra:monitoring: {alertmanager: {port: 9094}";

        SettingsOf.Problems(Text + "}\n").Should().Be(
            "Pulumi.dev.yaml:4:22 infra:monitoring.alertmanager: The system paqueteria has an Alertmanager only where somebody is told of alerts, so it would change nothing. "
            + "Set infra:monitoring's webhook or deadMan to true, or drop it.");
        SettingsOf.Problems(Text + ", deadMan: true}\n").Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task What_a_stack_takes_changes_what_it_runs(string stack)
    {
        foreach (var path in TakenSettings.Table.Single(row => row.Stack == stack).Takes)
        {
            // A prod file may be a dev file with another environment.
            if (stack == "prod" && TakenSettings.Reload.Contains(path)) continue;
            var with = Values(stack, path);
            var without = Values(stack, path);
            if (path != "backup.enabled" || stack != "prod") Set(with, path, Samples[path]);
            else without.Remove("backup");

            (await WrittenAsync(Parse(with))).Should().NotBe(await WrittenAsync(Parse(without)), $"{stack} takes infra:{path}");
        }
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task What_a_stack_does_not_take_would_change_nothing(string stack)
    {
        var target = Parse(Values(stack));
        foreach (var path in TakenSettings.Particular.Except(TakenSettings.Table.Single(row => row.Stack == stack).Takes))
        {
            // Its worker sends events that nobody hears.
            if (path == "monitoring" && (stack is "hexagonal" or "mikrom")) continue;
            var taker = TakenSettings.Table.First(row => row.Takes.Contains(path)).Stack;
            var (with, without) = (Values(taker, path), Values(taker, path));
            Set(with, path, Samples[path]);

            (await WrittenAsync(As(Parse(with)))).Should().Be(await WrittenAsync(As(Parse(without))), $"{stack} does not take infra:{path}");
        }

        // The settings of the one who takes it, in the other's hands.
        Settings As(Settings settings) => settings with { Environment = target.Environment, Systems = settings.Systems with { Kind = target.Systems.Kind } };
    }

    private static JsonObject Values(string stack, string? path = null)
    {
        var values = stack is "dev" or "prod" ? new JsonObject { ["environment"] = stack } : new JsonObject { ["environment"] = "dev", ["system"] = stack };
        if (path is not null && Besides.TryGetValue((stack, path), out var besides)) Set(values, besides.Path, besides.Value);
        return values;
    }

    private static void Set(JsonObject values, string path, string value)
    {
        var keys = path.Split('.');
        foreach (var key in keys[..^1]) values = (JsonObject)(values[key] ??= new JsonObject());
        values[keys[^1]] = value.StartsWith('{') ? JsonNode.Parse(value) : JsonValue.Create(value);
    }

    private static Settings Parse(JsonObject values)
        => SettingsParser.Parse(SettingsOf.Source("config: {}") with { Values = values }, "shop", "any");

    private static async Task<string> WrittenAsync(Settings settings) => ComposeWriter.Write(await StackPrograms.GatherAsync(settings), new ComposeOptions());
}
