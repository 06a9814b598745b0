using Infra.Model;

namespace Infra.Tests.Systems;

public sealed class HexagonalTests(SystemStacks stacks) : SystemTest(stacks, "hexagonal")
{
    private static readonly string[] App = ["backend", "celery_worker"];
    private static readonly string[] Stores = ["db", "redis", "rabbit"];

    [
        Fact,
        Deviation(
            "Exact versions of the document's series: a tag such as `16-alpine` is another image another day. "
                + "The name `celery_worker` brings a warning, since an underscore is no part of a host name.",
            Setting = "`infra:services.db.image` and its like, with a digest"
        )
    ]
    public void A1_it_runs_db_redis_rabbit_backend_and_celery_worker()
    {
        Topology.Services.Select(service => service.Name).Should().BeEquivalentTo([.. Stores, .. App]);
        Image("db").Should().StartWith("postgres:16.").And.EndWith("-alpine");
        Image("redis").Should().StartWith("redis:7.").And.EndWith("-alpine");
        Image("rabbit").Should().StartWith("rabbitmq:4.").And.EndWith("-management-alpine");
        Topology.Naming.Container(this["celery_worker"]).Should().Be("backend-celery");
    }

    [
        Fact,
        Deviation(
            "Compose's watch replaces only the service that builds; "
                + "after a change of `uv.lock` it is `./infra.sh watch` that brings the worker to the new image too."
        )
    ]
    public void A2_backend_and_worker_are_one_build_of_one_Dockerfile()
    {
        var build = this["backend"].Image.Should().BeOfType<BuiltImage>().Which;

        build.Dockerfile.Should().Be("docker/hexa/dev.Dockerfile");
        this["celery_worker"].Image.Should().Be(build);
        Compose()
            .Should()
            .Contain("  backend:\n    <<: *app\n    build:\n")
            .And.Contain("  celery_worker:\n    <<: *app\n    pull_policy: never\n", "the other service takes that build and nothing older");
        Compose().Split("build:\n").Should().HaveCount(2, "no part that both share has it either");
    }

    [
        Fact,
        Deviation(
            "`hexa` without `uv run`: the image has the environment on its path, and `uv run` would compare and install it at each start; "
                + "no test runs the document's own, which needs PyPI.",
            Setting = "`infra:services.celery_worker.command: uv run hexa celery-apps`"
        )
    ]
    public void A3_worker_reloads_itself_on_a_code_change()
    {
        this["celery_worker"]
            .Command.Should()
            .Equal("watchfiles", "--filter", "python", "hexa celery-apps", "/app/modules", "/app/core", "/app/shared");
        Compose().Should().NotContain("--autoreload");
    }

    [Fact]
    public async Task A3_the_documents_own_command_is_a_setting()
        => (await WithAsync("command: hexa celery-apps", "command: uv run hexa celery-apps")).Find("celery_worker")!.Command
            .Should().Equal("watchfiles", "--filter", "python", "uv run hexa celery-apps", "/app/modules", "/app/core", "/app/shared");

    [Fact]
    public void A4_backend_reloads_itself_on_a_code_change()
        => string.Join(' ', this["backend"].Command).Should()
            .StartWith("uvicorn ").And.EndWith(" --reload --reload-dir /app/modules --reload-dir /app/core --reload-dir /app/shared");

    [
        Fact,
        Deviation(
            "Compose copies a folder that is new with all that is in it, whatever is ignored there. Pulumi has no watch mode, and says so.",
            Setting = "for `pulumi up`, `infra:app.reload: mount`"
        )
    ]
    public void A5_watch_mode_syncs_code_and_rebuilds_for_dependencies()
    {
        foreach (var service in App.Select(name => this[name]))
        {
            service.Mounts.OfType<BindMount>().Should().BeEmpty("code is synced");
            var synced = service.Watch.Where(rule => rule.Action == WatchAction.Sync).ToList();
            synced
                .Select(rule => (rule.Path, rule.Target))
                .Should()
                .Equal(
                    ("samples/hexagonal/modules", "/app/modules"),
                    ("samples/hexagonal/core", "/app/core"),
                    ("samples/hexagonal/shared", "/app/shared")
                );
            synced
                .Should()
                .OnlyContain(rule =>
                    rule.Ignore.SequenceEqual(
                        new[]
                        {
                            ".venv/",
                            "__pycache__/",
                            "**/*.pyc",
                            "**/__pycache__/",
                            ".pytest_cache/",
                            ".ruff_cache/",
                            "htmlcov/",
                            ".coverage",
                            "*.md",
                            "compose*.yaml",
                        }
                    )
                );
        }

        this["backend"].Watch.Where(rule => rule.Action == WatchAction.Rebuild).Select(rule => rule.Path)
            .Should().Equal("samples/hexagonal/docker/hexa/dev.Dockerfile", "samples/hexagonal/uv.lock", "samples/hexagonal/pyproject.toml");
    }

    [
        Fact,
        Deviation(
            "Redis is asked by `PING`: the document's `INCR ping` writes to the data at each probe.",
            Setting = "`infra:services.redis.ask: incr`"
        )
    ]
    public void A6_every_store_has_its_probe_at_the_documents_pace()
    {
        var (db, redis, rabbit) = (Probe(this["db"]), Probe(this["redis"]), Probe(this["rabbit"]));

        db.Test.Should().StartWith("pg_isready ");
        redis.Test.Should().Contain("redis-cli ping");
        (redis.Interval, redis.Timeout, redis.Retries).Should().Be((10, 3, 5));
        rabbit.Test.Should().EndWith("rabbitmq-diagnostics -q ping");
        (rabbit.Interval, rabbit.Timeout, rabbit.Retries).Should().Be((10, 5, 5));
    }

    [Fact]
    public async Task A6_the_documents_own_probe_of_Redis_is_a_setting() =>
        Probe((await WithAsync("    redis:\n", "    redis:\n      ask: incr\n")).Find("redis")!)
            .Test.Should()
            .Contain("redis-cli --raw incr ping");

    [Fact]
    public void A7_backend_and_worker_start_when_all_stores_are_healthy()
    {
        foreach (var name in App)
            this[name].WaitsFor.Should().BeEquivalentTo(Stores.Select(store => new Wait(store, WaitCondition.Healthy)));
    }

    [Fact]
    public void A8_every_store_has_its_volume()
    {
        Volumes("db").Should().Equal(("db", "/var/lib/postgresql/data"));
        Volumes("redis").Should().Equal(("redis", "/data"));
        Volumes("rabbit").Should().Equal(("rabbitmq", "/var/lib/rabbitmq"));
        this["rabbit"].Hostname.Should().NotBeNull("its data carry the node's name");
    }

    [Fact]
    public void A9_every_service_is_started_again()
        => Topology.Services.Should().OnlyContain(service => service.Restart.Mode == RestartMode.UnlessStopped);

    [Theory]
    [InlineData("backend", "PYTHONUNBUFFERED=1 WATCHFILES_FORCE_POLLING=false")]
    [InlineData("celery_worker", "PYTHONUNBUFFERED=1 WATCHFILES_FORCE_POLLING=false CELERY_TASK_ALWAYS_EAGER=false")]
    public void A10_the_environment_is_the_documents(string service, string variables)
        => this[service].Environment.Select(variable => $"{variable.Key}={variable.Value}").Should().Contain(variables.Split(' '));

    [
        Fact,
        Deviation(
            "Figures are in [bench](../bench/RESULTS.md) beside the document's, where a worker's single edit misses its second. "
                + "They are of `dev`, whose code is mounted, and whose end-to-end suite asserts them with room for a slow machine; "
                + "here code is synced by watch mode, which is not measured. "
                + "Not measured either: several edits at once, the image after a change of `uv.lock` (that needs PyPI), the disk of each service."
        )
    ]
    public void A11_all_that_it_may_use_is_bounded_near_the_documents_figures()
    {
        Topology.Services.Select(service => (service.Name, service.Memory!.Value.WholeMiB)).Should().BeEquivalentTo(
            [("db", 512), ("redis", 512), ("rabbit", 512), ("backend", 512), ("celery_worker", 512)]);
        Topology.Services.Sum(service => service.Cpus!.Value.Millicores).Should().BeLessThanOrEqualTo(4500);
    }

    [Fact]
    public void A12_every_service_says_whether_it_is_healthy()
        => Topology.Services.Should().OnlyContain(service => service.Health != null && service.Logging != null);

    private string Image(string service) => this[service].Image.ToString()!;

    private IEnumerable<(string, string)> Volumes(string service)
        => this[service].Mounts.OfType<VolumeMount>().Select(mount => (mount.Volume.Name, mount.Target));
}
