using System.Net;
using System.Net.Sockets;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>What ends <c>up</c> before anything is started.</summary>
public sealed class UpRefusedTests : IDisposable
{
    private readonly CommandLineRun run = new();

    public UpRefusedTests() => run.Shell.On("docker pull").On("docker build");

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Images_that_cannot_be_had_are_all_told_and_nothing_is_started()
    {
        run.Shell.On("docker pull", exitCode: 1, error: "no such host");

        (await UpAsync()).Should().Be(2);

        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(3).And.Contain(
            "image redis:8.10.1-alpine: It cannot be pulled: no such host. Check its name, log in with 'docker login', or use '--images debian'.");
        run.Shell.Changes.Should().OnlyContain(line => line.StartsWith("docker pull", StringComparison.Ordinal));
        run.Files.Should().NotContain(file => file.StartsWith('.'));
    }

    [Fact]
    public async Task A_build_that_fails_is_shown_and_nothing_is_started()
    {
        run.Shell.On("docker build", exitCode: 1, error: "step 1\nERROR: no matching distribution\n");

        (await UpAsync()).Should().Be(1);

        run.Error.Should()
            .Be("image app: Its build failed; the last lines say why. Running containers were not changed.\n"
                + "  step 1\n  ERROR: no matching distribution\n");
        run.Shell.Changes.Should().NotContain(line => line.Contains("compose", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_changes_nothing()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        run.Write("Pulumi.dev.yaml", $"config: {{infra:environment: dev, infra:services: {{web: {{port: {port}}}}}}}");
        run.Shell.On($"docker ps --filter publish={port}", "other-web\n");

        await run.RefusesAsync(
            $"web: Port 127.0.0.1:{port} is taken by the container 'other-web'. Stop it, or set another port in Pulumi.dev.yaml.",
            "up",
            "dev",
            "--images",
            "registry"
        );
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("pulumi")]
    public async Task A_volume_that_another_project_uses_is_not_taken_over_and_nothing_changes(string engine)
    {
        run.Write("Pulumi.dev.yaml", "config: { infra:environment: dev, infra:volumes: { postgres: old_data } }");
        run.Shell.Programs.Add("pulumi");
        run.Shell.On("docker volume ls --quiet", "old_data\n").On("docker ps --all --filter volume=old_data", "old-db-1\t\told\tFalse\n");

        (await run.RunAsync("up", "dev", "--images", "registry", "--engine", engine)).Should().Be(2);

        run.Error.Should().EndWith("old_data: It is used by the container old-db-1 of the Compose project 'old'. "
            + "Run 'docker compose -p old down' first, without '--volumes': the data stay.\n");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_volume_of_another_version_that_is_taken_over_is_not_started_on()
    {
        run.Write("Pulumi.dev.yaml", "config: { infra:environment: dev, infra:volumes: { postgres: old_data } }");
        run.Shell.On("docker volume ls --quiet", "old_data\n").On("docker run --rm --pull never", "70\n70\tPG_VERSION\t17\n");

        (await UpAsync()).Should().Be(2);

        run.Error.Should().Contain("old_data: The volume has data of Postgres 17, and registry/postgres:18-alpine would start on it now. ");
        run.Shell.Changes.Should().NotContain(line =>
            line.StartsWith("docker compose", StringComparison.Ordinal) || line.StartsWith("docker volume", StringComparison.Ordinal));
    }

    [Fact]
    public Task Production_without_its_secrets_changes_nothing() =>
        run.RefusesAsync(
            string.Join(
                '\n',
                new[] { "grafana-password", "postgres-password", "rabbitmq-password", "redis-password" }.Select(name =>
                    $".secrets/prod/{name}: The secret is missing, and production generates none. "
                    + "Write its value into this file (no line break); 'up' closes the folder to others."
                )
            ),
            "up",
            "prod",
            "--images",
            "registry"
        );

    [Fact]
    public async Task A_stack_that_breaks_a_rule_is_not_started()
    {
        File.Delete(run.PathOf("app/Dockerfile"));

        (await UpAsync()).Should().Be(1);

        run.Error.Should().EndWith("shop-dev: Nothing was started. Fix the errors above.\n");
        run.Shell.Changes.Should().BeEmpty();
    }

    private Task<int> UpAsync() => run.RunAsync("up", "dev", "--images", "registry");
}
