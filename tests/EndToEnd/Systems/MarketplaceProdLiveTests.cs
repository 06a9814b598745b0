using Infra.Tests.EndToEnd.Prod;

namespace Infra.Tests.EndToEnd.Systems;

[Collection(MarketplaceProdCollection.Name)]
public sealed class MarketplaceProdLiveTests(MarketplaceProdStack stack) : LiveTest<MarketplaceProdStack>(stack)
{
    private static readonly string[] Watched =
    [
        "alertmanager",
        "celery-metrics",
        "node-exporter",
        "postgres-exporter",
        "redis-exporter",
        "prometheus",
    ];

    [EndToEndFact]
    public async Task D9_production_keeps_shops_within_its_limits_and_shows_no_secret()
    {
        await AllAreHealthyAsync([.. Watched, "web", "celery", "celery-beat", "postgres", "redis"]);
        await Stack.PostAsync("/shops", new { name = "sold", longitude = -74.07, latitude = 4.71 });
        (await Stack.GetAsync("/shops/near?longitude=-74.07&latitude=4.71")).Should().Contain("\"sold\", \"metres\": 0");

        var web = (await Engine.InspectAsync(Project.Container("web")))["HostConfig"]!;
        (web["NanoCpus"]!.GetValue<long>(), web["Memory"]!.GetValue<long>(), web["MemoryReservation"]!.GetValue<long>())
            .Should()
            .Be((500_000_000, 512 << 20, 256 << 20));
        foreach (var service in (await Project.ServicesAsync()).Values)
            (await Engine.InspectAsync(service.Id)).ToJsonString().Should().NotContainAny(MarketplaceProdStack.Secrets.Select(Project.Secret));
    }

    [EndToEndFact]
    public async Task D9_every_log_goes_to_the_collector_under_its_services_name_and_is_read_here_too()
    {
        foreach (
            var (service, line) in new[]
            {
                ("web", "Listening at: "),
                ("celery", " ready."),
                ("postgres", "database system is ready to accept connections"),
            }
        )
            await Eventually.SeesAsync(
                $"{service}'s log at the collector",
                TimeSpan.FromSeconds(20),
                () => Task.FromResult(Stack.Syslog.Output),
                said =>
                    said.Split('\n')
                        .Any(each =>
                            each.Contains($" {Project.Container(service)}[", StringComparison.Ordinal)
                            && each.Contains(line, StringComparison.Ordinal)
                        )
            );

        CommandResult logs = await Project.InfraAsync("logs", Project.Stack, "web");

        logs.ExitCode.Should().Be(0, logs.ToString());
        logs.Output.Should().Contain("web | ").And.Contain("Listening at: ");
    }

    [EndToEndFact]
    public async Task D9_production_is_watched() =>
        await Eventually.SeesAsync(
            "every target up",
            TimeSpan.FromSeconds(40),
            () => new Watch(Stack.PrometheusPort, 0).TargetsAsync(),
            seen =>
                seen.Keys.Order(StringComparer.Ordinal).SequenceEqual(Watched.Order(StringComparer.Ordinal))
                && seen.Values.All(health => health == "up")
        );
}
