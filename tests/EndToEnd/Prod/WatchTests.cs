using Infra.Tests.Support;

namespace Infra.Tests.EndToEnd.Prod;

public sealed class WatchTests(ProdStack stack) : ProdTest(stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Watch Watch => Stack.Watch;

    [EndToEndFact]
    public async Task Prometheus_reaches_whatever_has_metrics()
    {
        string[] expected =
        [
            "alertmanager",
            "celery-metrics",
            "node-exporter",
            "postgres-exporter",
            "prometheus",
            "rabbitmq",
            "rabbitmq-queues",
            "redis-exporter",
            "web",
        ];

        // It begins without any.
        await Eventually.SeesAsync(
            "all targets up",
            Patience,
            Watch.TargetsAsync,
            targets => expected.All(targets.ContainsKey) && targets.Values.All(health => health == "up"),
            Logs("prometheus")
        );
    }

    // Offered in RabbitMQ's place where Redis is Celery's broker, as in paqueteria; the queries take either.
    private const string OfRedis = "celery_queue_length";

    [EndToEndFact]
    public async Task Every_metric_of_every_alert_and_dashboard_is_one_that_somebody_offers()
    {
        await OrderAndWaitAsync("binoculars");
        var wanted = WatchFiles.Alerts.Select(alert => alert.Expression).Concat(WatchFiles.Queries.Select(query => query.Expression))
            .SelectMany(PromQl.Metrics).Where(name => name is not ("ALERTS" or OfRedis)).ToHashSet();

        var missing = await Eventually.SeesAsync("no metric is missing", Patience,
            async () => string.Join(' ', wanted.Except(await Watch.MetricsAsync())), missing => missing.Length == 0, Logs("celery-metrics"));

        missing.Should().BeEmpty();
        wanted.Should().HaveCountGreaterThan(60);
    }

    [EndToEndFact]
    public async Task Every_query_of_the_dashboards_has_an_answer()
    {
        await OrderAndWaitAsync("a telescope");
        foreach (var (where, expression) in WatchFiles.Queries)
            await Eventually.SeesAsync(
                $"{where}: {expression}",
                Patience,
                () => Watch.QueryAsync(expression),
                result => result.Count > 0,
                Logs("prometheus")
            );
    }

    [EndToEndFact]
    public async Task A_lost_worker_a_queue_that_grows_and_a_service_that_is_down_are_alerts_at_Alertmanager_until_they_are_mended()
    {
        string[] expected =
        [
            "CeleryNoWorker celery-metrics",
            "CeleryQueueLong rabbitmq-queues",
            "DeadMansSwitch",
            "RabbitMqQueueWithoutConsumer rabbitmq-queues",
            "RedisDown redis-exporter",
            "ServiceDown node-exporter",
        ];
        await Engine.AskAsync("stop", Project.Container("worker"), Project.Container("node-exporter"));
        for (var order = 0; order <= 100; order++) await Shop.OrderAsync("a lamp");
        await Engine.AskAsync("stop", Project.Container("redis"));

        await Eventually.SeesAsync(
            "alerts at Alertmanager",
            Patience,
            AlertsAsync,
            seen => expected.All(name => Names(seen).Contains(name)),
            Logs("alertmanager")
        );
        await Project.UpAsync();
        await Eventually.SeesAsync(
            "the dead man's switch alone",
            Patience,
            AlertsAsync,
            seen => expected.Intersect(Names(seen)).SequenceEqual(["DeadMansSwitch"]),
            Logs("celery-metrics")
        );
    }

    [EndToEndFact]
    public async Task A_disk_on_which_nothing_can_be_written_is_an_alert_at_Alertmanager_and_the_dead_mans_switch_falls_silent()
    {
        await using var small = await SmallPrometheus.StartAsync(Project);
        await SeesAsync("the dead man's switch", ["DeadMansSwitch"]);

        await small.FillAsync();
        await SeesAsync("that nothing is stored, and no switch", ["SamplesNotStored"]);
        await Eventually.SeesAsync("that at Alertmanager", Patience, AlertsAsync, seen => Names(seen).Contains("SamplesNotStored"), small.LogsAsync);

        await small.EmptyAsync();
        // That its rules failed meanwhile is then told as well.
        await SeesAsync("the dead man's switch again", ["DeadMansSwitch", "RuleEvaluationFailing"]);

        Task SeesAsync(string what, string[] alerts) =>
            Eventually.SeesAsync(what, Patience, small.FiringAsync, seen => seen.SequenceEqual(alerts), small.LogsAsync);
    }

    [EndToEndFact]
    public async Task The_rules_are_sound_and_fire_when_they_should_and_not_before()
    {
        var image = (await Engine.InspectAsync(Project.Container("prometheus")))["Config"]!["Image"]!.GetValue<string>();
        string[] run =
        [
            "run",
            "--rm",
            "--network",
            "none",
            "--volume",
            $"{Offline.Repository.Root}:/repository:ro",
            "--workdir",
            "/prometheus",
            "--entrypoint",
            "/bin/sh",
            image,
            "-c",
        ];

        CommandResult check = await Engine.TryAsync([.. run, "promtool check rules /repository/components/Monitoring/rules/*.yaml"]);
        CommandResult test = await Engine.TryAsync([.. run, "promtool test rules /repository/tests/Components/Monitoring/rules/*.test.yaml"]);

        check.ExitCode.Should().Be(0, check.ToString());
        test.ExitCode.Should().Be(0, test.ToString());
    }

    [EndToEndFact]
    public async Task What_watches_shows_no_password_to_who_inspects_it()
    {
        var secrets = Stack.Secrets.Select(name => Project.Secret(name)[^16..]).ToArray();
        foreach (var service in (await Project.ServicesAsync()).Values)
            (await Engine.InspectAsync(service.Id)).ToJsonString().Should().NotContainAny(secrets);
    }

    private Func<Task<string>> Logs(string service) => () => Project.LogsAsync(service);

    private async Task<string> AlertsAsync() => string.Join(", ", await Watch.AlertsAsync());

    private static string[] Names(string alerts) => alerts.Split(", ");
}
