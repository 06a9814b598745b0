using System.Globalization;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Model.Dockerfiles;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Systems;

public sealed class CreatorHubTests(SystemStacks stacks) : SystemTest(stacks, "creator-hub")
{
    private static readonly string[] Own = ["auth-service", "creator-hub-service", "ai-engine-service", "channel-service"];

    public static TheoryData<string> Services => [.. Own];

    [Theory]
    [InlineData("auth-service", 8001, 2)]
    [InlineData("creator-hub-service", 8002, 2)]
    [InlineData("ai-engine-service", 8003, 1)]
    [InlineData("channel-service", 8004, 1)]
    public void C1_each_service_has_its_port_and_workers(string service, int port, int workers)
    {
        this[service].Endpoint!.Port.Should().Be(port);
        string.Join(' ', this[service].Command).Should().EndWith(string.Create(CultureInfo.InvariantCulture, $"--port {port} --workers {workers}"));
    }

    [Theory]
    [InlineData("postgres", 5432)]
    [InlineData("redis", 6379)]
    [InlineData("ollama", 11434)]
    [InlineData("chromadb", 8000)]
    public void C1_infrastructure_is_there(string service, int port) => this[service].Endpoint!.Port.Should().Be(port);

    [Fact]
    public void C1_a_gateway_stands_in_front_and_nothing_else_is_published()
    {
        Topology.Services.Where(service => !service.Ports.IsEmpty).Select(service => service.Name).Should().Equal("gateway");
        this["gateway"].Ports.Should().Equal(new Port(8080, 8080) { Address = "127.0.0.1" });
        foreach (var (path, service) in new[] { "auth", "hub", "ai", "channel" }.Zip(Own))
            this["gateway"]
                .Text("Caddyfile")
                .Should()
                .Contain($"path /{path} /{path}/*\n")
                .And.MatchRegex($@"\t\t\turi strip_prefix /{path}\n.*\n\t\t\timport to-{service}\n")
                .And.Contain(FormattableString.Invariant($"dynamic a {service} {this[service].Endpoint!.Port} "));
        this["gateway"].WaitsFor.Select(wait => wait.Service).Should().BeEquivalentTo(Own);
    }

    [Theory, MemberData(nameof(Services))]
    public void C2_each_service_has_an_image_of_two_stages_for_a_user_of_its_own(string service)
    {
        var build = this[service].Image.Should().BeOfType<BuiltImage>().Which;
        var stages = File(build.Context, build.Dockerfile).Split("FROM python:3.11-slim");

        stages.Should().HaveCount(3);
        stages[2].Should().Contain("USER appuser").And.NotContain("gcc");
        var module = service.Replace('-', '_');
        stages[2].Should().Contain("COPY --chown=appuser:appuser common common\n").And.Contain($"COPY --chown=appuser:appuser {module} {module}\n");
    }

    [Fact]
    public async Task C2_each_image_has_a_name_of_its_own_in_a_registry()
    {
        var topology = await WithAsync("context: samples/creator-hub\n", "context: samples/creator-hub\n    registry: ghcr.io/acme/hub\n");

        topology.Builds.Select(topology.Naming.Tag).Should().BeEquivalentTo(Own.Select(name => $"ghcr.io/acme/hub/{name}:latest"));
    }

    [Theory, MemberData(nameof(Services))]
    public void C3_each_service_is_probed_by_Pythons_own_urllib(string service)
    {
        var health = this[service].Health!;

        health
            .Test.Should()
            .Equal(
                "python3",
                "-c",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"import urllib.request,sys; resp=urllib.request.urlopen('http://localhost:{this[service].Endpoint!.Port}/health',timeout=5); "
                        + $"sys.exit(0 if resp.getcode()==200 else 1)"
                )
            );
        (health.Interval.TotalSeconds, health.Timeout.TotalSeconds, health.StartPeriod.TotalSeconds, health.Retries).Should().Be((30, 5, 30, 3));
    }

    [Theory]
    [InlineData("auth-service", "postgres:tcp://postgres:5432 redis:tcp://redis:6379 --timeout 60")]
    [InlineData(
        "creator-hub-service",
        "postgres:tcp://postgres:5432 redis:tcp://redis:6379 auth-service:http://auth-service:8001/health --timeout 120"
    )]
    [InlineData(
        "ai-engine-service",
        "postgres:tcp://postgres:5432 redis:tcp://redis:6379 ollama:tcp://ollama:11434 chromadb:tcp://chromadb:8000 --timeout 180"
    )]
    [InlineData(
        "channel-service",
        "postgres:tcp://postgres:5432 redis:tcp://redis:6379 auth-service:http://auth-service:8001/health "
            + "ai-engine-service:http://ai-engine-service:8003/health --timeout 180"
    )]
    [Deviation(
        "The program is handed to the container, not built into the image. "
            + "The engine's waits stay beside it: the Compose Specification has the conditions that the document dropped as not compatible."
    )]
    public void C4_each_service_waits_by_itself_before_it_starts(string service, string waits)
    {
        string.Join(' ', this[service].Command)
            .Should()
            .Be($"python3 {StartupWaits.Program.Path} {waits} -- " + string.Join(' ', this[service].Command.SkipWhile(word => word != "uvicorn")));
        this[service].Files.Should().Contain(StartupWaits.Program);
        var names = waits.Split(' ').Where(word => word.Contains("://", StringComparison.Ordinal)).Select(word => word.Split(':')[0]);
        this[service].WaitsFor.Should().BeEquivalentTo(names.Select(name => new Wait(name, WaitCondition.Healthy)));
    }

    [Fact]
    public async Task C4_a_model_that_does_not_run_is_not_waited_for()
    {
        var engine = (await WithAsync("infra:ollama:\n", "infra:chroma: {enabled: false}\n  infra:ollama:\n    enabled: false\n")).Find(
            "ai-engine-service"
        )!;

        string.Join(' ', engine.Command).Should().NotContainAny("ollama", "chromadb");
        engine.WaitsFor.Select(wait => wait.Service).Should().Equal("postgres", "redis");
        engine.Environment.Keys.Should().NotContain("OLLAMA_URL");
    }

    [Fact]
    public void C5_what_the_services_share_is_written_once()
    {
        var compose = Compose();

        compose.Should().Contain("x-web: &web");
        compose.Split("DATABASE_URL_FILE:").Should().HaveCount(2);
        compose.Split("PYTHONUNBUFFERED:").Should().HaveCount(2);
        compose.Split("interval: 30s").Should().HaveCount(2, "how often the four are probed, too");
        compose.Split("/run/secrets/database-url\n").Should().HaveCount(3, "a variable and a file");
    }

    [Theory, MemberData(nameof(Services))]
    [Deviation(
        "Figures are in [bench](../bench/RESULTS.md) beside the document's. Building side by side saves 23 % of the time there, not 60 %: "
            + "on two cores, where each build is a copy of the code. An image's size is that of Debian's packages, not of the document's Dockerfile. "
            + "After an edit of one service 8 of 9 steps come from the cache, 89 % where the document has 90 %."
    )]
    public void C8_an_edit_leaves_everything_but_the_layer_of_the_code_alone(string service)
    {
        var build = (BuiltImage)this[service].Image;
        var stages = DockerfileParser.Parse(build.Dockerfile, File(build.Context, build.Dockerfile), build.Args).Stages;
        var code = stages[^1].All("COPY").Single(copy => copy.Words[0] == service.Replace('-', '_'));

        stages[^1]
            .Instructions.Where(instruction => instruction.Line > code.Line)
            .Select(instruction => instruction.Keyword)
            .Should()
            .NotContain(["RUN", "COPY", "ADD"]);
        stages.Sum(stage => stage.Instructions.Count(instruction => instruction.Keyword is "RUN" or "COPY" or "WORKDIR")).Should().Be(9);
    }

    [Theory, MemberData(nameof(Services))]
    public void C6_each_image_leaves_the_other_services_out(string service)
    {
        var build = (BuiltImage)this[service].Image;
        var module = service.Replace('-', '_');
        var ignored = File(build.Context, build.Dockerfile + ".dockerignore").Split('\n');

        ignored.Should().Contain(Own.Select(name => name.Replace('-', '_')).Where(name => name != module)).And.NotContain(module);
        ignored.Should().Contain(File(build.Context, ".dockerignore").Split('\n'), "it takes the place of the global one");
        Path.Exists(Repository.PathOf(build.Context, build.DebianDockerfile + ".dockerignore")).Should().BeTrue();
    }
}
