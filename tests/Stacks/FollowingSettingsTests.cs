using Infra.Model;
using Infra.Model.Rules;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>What follows from a setting without being one.</summary>
public sealed class FollowingSettingsTests
{
    [Theory]
    [InlineData("10MiB", 64, "read_body 60s")]
    [InlineData("200MiB", 400, "read_body 1200s")]
    public async Task A_large_body_finds_room_and_time(string body, int room, string time)
    {
        var topology = await GatherAsync("prod", $"infra:proxy: {{ sites: {{ localhost: {{ maxBody: {body} }} }} }}");

        topology.Find("web")!.Mounts.Should().Contain(new TmpfsMount("/tmp", Size.MiB(room)));
        topology.Find("worker")!.Mounts.Should().Contain(new TmpfsMount("/tmp", Size.MiB(64)));
        topology.Find("proxy")!.Files.Single(file => file.Name == "Caddyfile").Content.ToString().Should().Contain(time);
    }

    [Fact]
    public async Task A_body_that_fills_the_memory_is_told() =>
        Review
            .Run(await GatherAsync("prod", "infra:proxy: { sites: { localhost: { maxBody: 300MiB } } }"))
            .Select(finding => finding.ToString())
            .Should()
            .Equal(
                "warning LIMITS web: its files in memory may come to 600 MiB, and its memory to 512 MiB: it is killed before they are full. "
                    + "Set a higher limit, or let smaller bodies through (maxBody of a site or a route in infra:proxy)."
            );

    [Fact]
    public async Task The_gateways_body_counts_where_there_is_one() =>
        (await GatherAsync("dev", "infra:system: creator-hub\n  infra:proxy: { sites: { localhost: { maxBody: 100MiB } } }"))
            .Find("auth-service")!
            .Mounts.Should()
            .Contain(new TmpfsMount("/tmp", Size.MiB(200)));

    [Theory]
    [InlineData("{ concurrency: 2 }", 256)]
    [InlineData("{ pool: threads, concurrency: 500 }", 2000)]
    [InlineData("{ command: celery -A shop.celery_app worker -c 100 }", 400)]
    [InlineData("{ command: celery -A shop.celery_app worker --concurrency=100 }", 400)]
    [InlineData("{ pool: gevent, concurrency: 500 }", 256)]
    public async Task A_worker_may_start_as_many_processes_as_it_works_on_tasks(string worker, int processes)
        => (await GatherAsync("dev", $"infra:services: {{worker: {worker}}}")).Find("worker")!.Pids.Should().Be(processes);

    [Theory]
    [InlineData(
        "{ ask: ping, command: \"celery -A shop.celery_app worker -n mail@%h\" }",
        "celery -A shop.celery_app inspect --timeout 10 ping",
        "\"mail@$(hostname)\""
    )]
    [InlineData(
        "{ ask: ping, command: [sh, -c, 'exec celery --app=shop.celery_app:app worker --hostname=mail'] }",
        "celery -A shop.celery_app:app inspect --timeout 10 ping",
        "\"mail@$(hostname)\""
    )]
    [InlineData(
        "{ ask: ping, nodeName: own@%h, command: run-worker }",
        "celery -A shop.celery_app inspect --timeout 10 ping",
        "\"own@$(hostname)\""
    )]
    public async Task A_worker_is_asked_as_its_command_calls_it(string worker, params string[] arguments) =>
        (await GatherAsync("dev", $"infra:services: {{worker: {worker}}}")).Find("worker")!.Health!.Test[^1].Should().ContainAll(arguments);

    [Theory]
    [InlineData(
        "infra:services: {web: { command: uvicorn shop.main:app --host 0.0.0.0 --port 5000 }}",
        "'uvicorn' listens on port 5000, and its probe, its published port and what is in front of it ask on 8000."
    )]
    [InlineData(
        "infra:services: {web: { containerPort: 9000, command: gunicorn shop -b :8000 }}",
        "'gunicorn' listens on port 8000, and its probe, its published port and what is in front of it ask on 9000."
    )]
    [InlineData(
        "infra:services: {web: { containerPort: 9000, command: uvicorn shop.main:app --host 0.0.0.0 }}",
        "'uvicorn' listens on port 8000, and its probe, its published port and what is in front of it ask on 9000."
    )]
    [InlineData(
        "infra:services: {web: { containerPort: 9000, command: 'python manage.py runserver 0:8001' }}",
        "'runserver' listens on port 8001, and its probe, its published port and what is in front of it ask on 9000."
    )]
    [InlineData(
        "infra:services: {web: { command: daphne -b 0.0.0.0 -p 9000 shop.asgi }}",
        "'daphne' listens on port 9000, and its probe, its published port and what is in front of it ask on 8000."
    )]
    public async Task A_server_is_asked_on_the_port_that_it_listens_on(string line, string what) =>
        Review
            .Run(await GatherAsync("dev", line))
            .Should()
            .ContainSingle(finding => finding.Rule == "REACHABLE" && finding.Severity == Severity.Error)
            .Which.What.Should()
            .Be(what);

    [Theory]
    [InlineData("infra:services: {web: { containerPort: 9000, command: uvicorn shop.main:app --host 0.0.0.0 --port=9000 }}")]
    [InlineData("infra:services: {web: { containerPort: 9000, command: gunicorn shop --config gunicorn.py }}")]
    [InlineData("infra:services: {web: { command: gunicorn shop -b unix:/tmp/web.sock -b 0.0.0.0:8000 }}")]
    [InlineData("infra:services: {web: { containerPort: 9000, command: serve }}")]
    [InlineData("infra:services: {web: { containerPort: 8080, command: [sh, -c, 'gunicorn -b 127.0.0.1:9000 shop & exec nginx'] }}")]
    public async Task A_server_that_may_listen_there_is_let_be(string line)
        => Review.Run(await GatherAsync("dev", line)).Should().NotContain(finding => finding.Severity == Severity.Error);

    private static Task<Topology> GatherAsync(string environment, string lines)
        => StackFactory.GatherAsync(SettingsOf.Text($"config:\n  infra:environment: {environment}\n  {lines}\n", environment));
}
