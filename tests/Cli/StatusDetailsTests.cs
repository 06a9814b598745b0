using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class StatusDetailsTests : IDisposable
{
    private const string Reached = """{"reached": true, "said": "TCP", "ms": 3}""";
    private const string Refused = """{"reached": false, "said": "[Errno 111] Connection refused", "ms": 5}""";

    private readonly CommandLineRun run = new(
        FakeShell.WithEngine().Running(FakeContainers.All()).On("docker stats").On("docker run", $"{Reached}\n{Reached}\n{Reached}\n")
    );

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task C7_dependencies_are_tried_from_where_each_service_runs()
    {
        (await run.RunAsync("status", "dev", "--deps")).Should().Be(0, run.Error);

        run.Out.Should().MatchRegex(@"(?m)^web +postgres +postgres:5432 +TCP, 3 ms").And.MatchRegex(@"(?m)^beat +redis +redis:6379 +TCP");
        run.Shell.Changes.Should()
            .HaveCount(3)
            .And.OnlyContain(line =>
                line.StartsWith("docker run --rm --network container:id-", StringComparison.Ordinal)
                && line.EndsWith("rabbitmq:5672 redis:6379 postgres:5432", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task A_store_elsewhere_is_held_to_the_certificates_that_services_hold_it_to()
    {
        run.Write("certificates/provider.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        foreach (var store in new[] { "postgres", "redis", "rabbitmq", "plain" }) run.Write($".secrets/dev/{store}-password", "given");
        run.WriteExactly(
            "Pulumi.dev.yaml",
            """
            config:
              infra:environment: dev
              infra:app:
                environment: { DATABASE_URL: "{postgres.url}", CACHE_URL: "{redis.url}", BROKER_URL: "{rabbitmq.url}", PLAIN_URL: "{plain.url}" }
              infra:services:
                postgres: { external: { host: db.example.com, tls: verify-full, ca: certificates/provider.pem } }
                redis: { external: { host: cache.example.com } }
                rabbitmq: { external: { host: broker.example.com, tls: verify-ca, ca: certificates/provider.pem } }
                plain: { kind: redis, external: { host: plain.example.com, tls: disable } }
                web: { command: uvicorn shop.main:app }
            """
        );
        run.Shell.On("docker run", $"{Reached}\n{Reached}\n{Reached}\n{Reached}\n");

        (await run.RunAsync("status", "dev", "--deps")).Should().Be(0, run.Error);

        run.Shell.Changes.Should().ContainSingle().Which.Should().ContainAll(
            "db.example.com:5432/postgresql+verify-full",
            "cache.example.com:6379/tls+require",
            "broker.example.com:5671/tls+verify-ca",
            "plain.example.com:6379").And.NotContain("6379/tls+disable");
    }

    [Fact]
    public async Task One_that_does_not_answer_is_told_with_the_reason_and_ends_with_1()
    {
        run.Shell.On("docker run", $"{Reached}\n{Refused}\n{Reached}\n");

        (await run.RunAsync("status", "dev", "--deps")).Should().Be(1);

        run.Out.Should().MatchRegex(@"web +redis +redis:6379 +\[Errno 111\] Connection refused, 5 ms");
    }

    [Fact]
    public async Task A_test_that_cannot_be_made_and_a_service_that_does_not_run_are_failures()
    {
        run.Shell.Running([.. FakeContainers.All()[..5]]).On("docker run", exitCode: 125, error: "no such image");

        (await run.RunAsync("status", "dev", "--deps")).Should().Be(1);

        run.Out.Should().Contain("the test itself failed: no such image.").And.Contain("'worker' is not running, so nothing was tried");
    }

    [Fact]
    public async Task Containers_that_only_bring_files_or_lead_a_proxy_under_Pulumi_are_no_services_to_tell_of()
    {
        var (files, route) = (
            FakeContainers.Container("web-files", status: "created", engine: "pulumi"),
            FakeContainers.Container("proxy-to-web", status: "exited", engine: "pulumi")
        );
        foreach (var container in new[] { files, route })
            container["Config"]!["Labels"]!.AsObject().Remove("infra.service");
        run.Shell.Running([.. FakeContainers.All("pulumi"), files, route]);

        (await run.RunAsync("status", "dev", "--why")).Should().Be(0, run.Out);

        run.Out.Should().NotContain("It is");
    }

    [Fact]
    public async Task D10_why_tells_the_last_words_of_what_is_not_well()
    {
        run.Shell.Running([.. FakeContainers.All()[..4], FakeContainers.Container("web", "unhealthy"), FakeContainers.Container("worker")])
            .On(FakeShell.Logs, "one\ntwo\n");

        (await run.RunAsync("status", "dev", "--why")).Should().Be(1);

        run.Out.Should()
            .Contain("web: It is running, but unhealthy.")
            .And.Contain("    connection refused")
            .And.Contain("    two")
            .And.NotContain("worker:");
    }

    [Fact]
    public async Task Sizes_counts_each_image_once()
    {
        run.Shell.On("docker info", "[[\"Backing Filesystem\",\"extfs\"]]\n")
            .On("docker image inspect --format {{.Size}}", "100500000\n")
            .On("docker image inspect --format {{.Size}} redis", exitCode: 1);

        (await run.RunAsync("status", "dev", "--sizes")).Should().Be(0);

        run.Out.Should()
            .MatchRegex(@"(?m)^shop-dev-app:latest +100\.5 MB +web, worker, beat")
            .And.MatchRegex(@"(?m)^redis:\S+ +not there +redis")
            .And.MatchRegex(@"(?m)^all +301\.5 MB")
            .And.Contain("size (unpacked)");
    }

    [Fact]
    public async Task It_is_said_where_sizes_are_those_of_what_is_pulled()
    {
        run.Shell.On("docker info", "[[\"driver-type\",\"io.containerd.snapshotter.v1\"]]\n")
            .On("docker image inspect --format {{.Size}}", "100500000\n");

        (await run.RunAsync("status", "dev", "--sizes")).Should().Be(0);

        run.Out.Should().Contain("size (packed)");
    }
}
