using System.Collections.Immutable;
using Infra.Model;
using Infra.Model.Dockerfiles;
using Infra.Targets.Bake;

namespace Infra.Tests.Systems;

public sealed class MikromTests(SystemStacks stacks) : SystemTest(stacks, "mikrom")
{
    private static readonly string[] Services = ["app", "worker", "beat", "flower"];

    private static string Dockerfile => File("samples", "mikrom", "Dockerfile");

    [Fact]
    public void Its_Redis_is_Celerys_broker_and_refuses_writes_before_it_forgets_a_task()
    {
        this["redis"].Role.Should().Be(ServiceRole.Broker);
        this["redis"].Files.Should().Contain(file => file.Content.ToString().Contains("maxmemory-policy noeviction", StringComparison.Ordinal));
    }

    [Fact]
    public void B1_the_image_has_two_stages_on_slim_Debian_and_no_compiler_at_run_time()
    {
        var stages = Dockerfile.Split("FROM python:3.14-slim-trixie");

        stages.Should().HaveCount(3, "a builder and a runtime");
        stages[1].Should().Contain("gcc").And.Contain("libpq-dev");
        stages[2].Should().Contain("libpq5").And.Contain("curl").And.NotContain("gcc").And.NotContain("-dev");
        Dockerfile.ToLowerInvariant().Should().NotContain("cargo").And.NotContain("alpine").And.NotContain("apk ");
    }

    [Fact, Deviation("The sample comes without a `uv.lock`, and is built without one too; with one it is built of exactly that.")]
    public void B2_dependencies_come_before_code()
    {
        int[] order =
        [
            Dockerfile.IndexOf("COPY pyproject.toml uv.lock* ./", StringComparison.Ordinal),
            Dockerfile.IndexOf("--mount=type=cache,target=/root/.cache/uv", StringComparison.Ordinal),
            Dockerfile.IndexOf("uv sync --frozen --no-dev --no-install-project", StringComparison.Ordinal),
            Dockerfile.IndexOf("COPY --from=builder /app/.venv /app/.venv", StringComparison.Ordinal),
            Dockerfile.IndexOf("COPY --chown=appuser:appuser . .", StringComparison.Ordinal),
            Dockerfile.IndexOf("USER appuser", StringComparison.Ordinal),
        ];

        order.Should().BeInAscendingOrder().And.OnlyContain(at => at > 0);
        var sync = DockerfileParser
            .Parse("Dockerfile", Dockerfile, ImmutableDictionary<string, string>.Empty)
            .Stages.SelectMany(stage => stage.All("RUN"))
            .Single(run => run.HasCacheMount);
        string.Join(' ', sync.Words)
            .Should()
            .Be("if [ -f uv.lock ]; then uv sync --frozen --no-dev --no-install-project; else uv sync --no-dev --no-install-project; fi");
    }

    [Fact]
    public void B3_one_image_of_one_name_is_built_once_for_four_services()
    {
        Services
            .Select(name => this[name].Image)
            .Distinct()
            .Should()
            .ContainSingle()
            .Which.Should()
            .BeOfType<BuiltImage>()
            .Which.Tag.Should()
            .Be("mikrom-py:latest");
        Compose().Split("    build:\n").Should().HaveCount(2, "one service builds, the others name what it has built");
    }

    [Fact]
    public void B5_the_broker_loses_no_task_to_make_room()
        => this["redis"].Files.Single(file => file.Name == "redis.conf").Content.ToString().Should().Contain("maxmemory-policy noeviction");

    [
        Fact,
        Deviation(
            "The worker is asked by the age of a file that it touches: `inspect ping` starts a whole Python each time, and waits for a busy worker.",
            Setting = "`infra:services.worker.ask: ping`"
        )
    ]
    public void B4_each_service_has_its_own_probe_and_the_image_none()
    {
        Dockerfile.Split('\n').Should().NotContain(line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal));
        Probe(this["app"]).Test.Should().Be("curl -f http://localhost:8000/api/v1/health");
        Probe(this["worker"]).Test.Should().Contain("/tmp/celery-worker-heartbeat");
        Probe(this["beat"]).Test.Should().Be("test -f /tmp/celerybeat-schedule");
        Probe(this["flower"]).Test.Should().Be("curl -f http://127.0.0.1:5555/healthcheck");
    }

    [Fact]
    public async Task B4_the_documents_own_probe_of_the_worker_is_a_setting()
        => Probe((await WithAsync("    worker:\n", "    worker:\n      ask: ping\n")).Find("worker")!).Test
            .Should().Contain("celery -A mikrom.celery_app inspect --timeout 10 ping");

    [Theory]
    [InlineData("worker", "celery -A mikrom.celery_app worker", "--pool=gevent", "--concurrency=100")]
    [InlineData("beat", "celery -A mikrom.celery_app beat", "--loglevel=info", "--schedule=/tmp/celerybeat-schedule")]
    [InlineData("flower", "celery -A mikrom.celery_app flower", "--port=5555", "--port=5555")]
    public void B5_each_service_overrides_the_command(string service, string command, string option, string other)
        => string.Join(' ', this[service].Command).Should().Contain(command).And.Contain(option).And.Contain(other);

    [
        Fact,
        Deviation(
            "Without a registry it is built for the engine's own platform, by `build` and `up` alike, and `build` says so; "
                + "the written Compose file names both, which `docker compose build` takes on the containerd image store only. "
                + "Pulumi's provider builds for one platform at a time, and says so. "
                + "No test builds for arm64 or pushes: here is neither a registry nor an emulator, so it is held up to the words that buildx gets.",
            Setting = "`infra:app.registry`, and `cacheFrom` and `cacheTo` in it, for `build mikrom --push`; "
                + "for `pulumi up`, one entry in `infra:app.platforms`"
        )
    ]
    public async Task B6_it_is_built_for_two_platforms_with_a_registrys_cache()
    {
        this["app"].Image.Should().BeOfType<BuiltImage>().Which.Platforms.Should().Equal("linux/amd64", "linux/arm64");
        Compose().Should().Contain("linux/arm64").And.NotContain("cache_from:", "nobody has named a registry yet");

        var pushed = await WithAsync(
            "tag: mikrom-py:latest\n",
            "registry: ghcr.io/acme/mikrom-py\n    cacheFrom: [\"ghcr.io/acme/mikrom-py:cache\"]\n    cacheTo: [\"ghcr.io/acme/mikrom-py:cache\"]\n"
        );

        BakeWriter.Write(pushed).Should().ContainAll("\"ghcr.io/acme/mikrom-py:latest\"", "\"linux/amd64\"", "\"linux/arm64\"",
            "\"type=registry,ref=ghcr.io/acme/mikrom-py:cache\"", "\"type=registry,ref=ghcr.io/acme/mikrom-py:cache,mode=max\"");
    }

    [
        Fact,
        Deviation(
            "Figures are in [bench](../bench/RESULTS.md) beside the document's, of the Dockerfile for places without a registry: "
                + "Debian's packages come built. The size as a registry has it is not measured."
        )
    ]
    public void B7_an_edit_leaves_everything_but_the_layer_of_the_code_alone()
    {
        var stages = DockerfileParser.Parse("Dockerfile", Dockerfile, ImmutableDictionary<string, string>.Empty).Stages;
        var runtime = stages[^1].Instructions;
        var code = runtime.IndexOf(runtime.Single(instruction => instruction.Keyword == "COPY" && instruction.Words[0] == "."));

        runtime.Skip(code + 1).Select(instruction => instruction.Keyword).Should().NotContain(["RUN", "COPY", "ADD"]);
        stages.SkipLast(1).SelectMany(stage => stage.All("COPY")).Where(copy => copy.Flag("from") is null).SelectMany(copy => copy.Words.SkipLast(1))
            .Should().BeEquivalentTo("pyproject.toml", "uv.lock*");
    }
}
