using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary><c>--engine pulumi</c>.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class PulumiEngineTests : IDisposable
{
    private readonly EnvironmentVariables variables = new();
    private readonly CommandLineRun run = new();

    public PulumiEngineTests()
    {
        variables["PULUMI_BACKEND_URL"] = null;
        variables["DOCKER_HOST"] = null;
        run.Shell.Programs.Add("pulumi");
        run.Shell.On("pulumi whoami", "me\n")
            .On("pulumi stack select")
            .On("pulumi stack export", """{"version": 3, "deployment": {}}""")
            .On("pulumi up")
            .On("docker manifest inspect", "{}");
    }

    public void Dispose()
    {
        variables.Dispose();
        run.Dispose();
    }

    [Fact]
    public async Task Only_calls_Pulumi()
    {
        (await run.RunAsync("up", "dev", "--engine", "pulumi")).Should().Be(0);

        run.Shell.Changes.Should().Equal(
            "pulumi stack select dev --create --non-interactive", $"pulumi up --stack dev --yes --cwd {run.Workspace.Root}");
        run.Shell.Variables.Should().NotContainKey("PULUMI_BACKEND_URL", "the login that is there is used");
    }

    [Fact]
    public async Task What_did_not_become_healthy_is_told_with_what_its_probe_and_its_log_say()
    {
        run.Shell.On(FakeShell.Logs, "no such option\n").On("pulumi up", () =>
        {
            run.Shell.Running(FakeContainers.Container("postgres", engine: "pulumi"), FakeContainers.Container("web", "unhealthy", engine: "pulumi"));
            return new(255, "", "");
        });

        (await run.RunAsync("up", "dev", "--engine", "pulumi")).Should().Be(1);

        run.Error.Should()
            .Contain("web: It is running, but unhealthy.\n  its probe said:\n    connection refused\n  its last lines:\n    no such option\n")
            .And.NotContain("postgres: It");
    }

    [Theory]
    [InlineData("up")]
    [InlineData("down")]
    public async Task An_engine_that_does_not_say_what_stands_is_not_taken_for_an_empty_one(string verb)
    {
        run.Shell.On("docker ps", exitCode: 1, error: "it is busy");

        (await run.RunAsync(verb, "dev")).Should().Be(1);

        run.Error.Should().StartWith("The engine does not list its containers: it is busy.");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_local_backend_is_used_when_none_is_chosen()
    {
        run.Shell.On("pulumi whoami", exitCode: 255, error: "error: PULUMI_ACCESS_TOKEN must be set");

        (await run.RunAsync("up", "dev", "--engine", "pulumi")).Should().Be(0);

        run.Shell.Variables["PULUMI_BACKEND_URL"].Should().Be("file://" + run.PathOf(".infra/pulumi"));
        run.Error.Should().Contain($"No Pulumi backend is chosen: the state is kept in {run.PathOf(".infra/pulumi")}.\n");
    }

    [Fact]
    public async Task A_backend_that_is_chosen_is_left_alone()
    {
        variables["PULUMI_BACKEND_URL"] = "s3://state";
        run.Shell.On("pulumi whoami", exitCode: 255);

        await run.RunAsync("up", "dev", "--engine", "pulumi");

        run.Shell.Variables.Should().NotContainKey("PULUMI_BACKEND_URL");
    }

    [Fact]
    public async Task Its_provider_is_told_the_engine_of_the_chosen_context_which_it_does_not_know()
    {
        run.Shell.On("docker context inspect", "unix:///run/user/1000/docker.sock\n");

        (await run.RunAsync("up", "dev", "--engine", "pulumi")).Should().Be(0);

        run.Shell.Variables["DOCKER_HOST"].Should().Be("unix:///run/user/1000/docker.sock");
    }

    [Fact]
    public async Task Nothing_is_told_of_the_usual_engine()
    {
        await run.RunAsync("up", "dev", "--engine", "pulumi");

        run.Shell.Variables.Should().NotContainKey("DOCKER_HOST");
    }

    [Fact]
    public async Task A_stack_that_cannot_be_selected_is_told_and_nothing_is_started()
    {
        run.Shell.On("pulumi stack select", exitCode: 255, error: "error: passphrase must be set");

        (await run.RunAsync("up", "dev", "--engine", "pulumi")).Should().Be(1);

        run.Error.Should()
            .EndWith(
                "pulumi: The stack 'dev' cannot be selected: error: passphrase must be set. With a local backend, set PULUMI_CONFIG_PASSPHRASE.\n"
            );
        run.Shell.Asked.Should().NotContain(line => line.StartsWith("pulumi up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_exit_code_is_handed_on()
    {
        run.Shell.On("pulumi up", exitCode: 255);

        (await run.RunAsync("up", "dev", "--engine", "pulumi")).Should().Be(1);
    }

    [Fact]
    public async Task Is_chosen_where_its_containers_stand()
    {
        run.Shell.Running(FakeContainers.All("pulumi"));

        (await run.RunAsync("up", "dev")).Should().Be(0);

        run.Shell.Changes.Should().Contain($"pulumi up --stack dev --yes --cwd {run.Workspace.Root}");
    }

    [Fact]
    public async Task Is_refused_where_Composes_containers_stand()
    {
        run.Shell.Running(FakeContainers.Container("web"));

        (await run.RunAsync("up", "dev", "--engine", "pulumi")).Should().Be(2);

        run.Error.Should().EndWith("Run './infra.sh down dev --engine compose' first: volumes, and so the data, stay.\n");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_volume_that_another_image_wrote_is_not_started_on()
    {
        run.Shell.On("docker volume ls", "shop-dev-postgres\tregistry/postgres:16\n");

        (await run.RunAsync("up", "dev", "--engine", "pulumi")).Should().Be(2);

        run.Error.Should()
            .Contain(
                "\nshop-dev-postgres: The volume was written by registry/postgres:16, "
                    + "and registry/postgres:18-alpine would start on it now. To stay, set "
            );
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task The_base_that_Debians_images_start_from_is_made_first()
    {
        foreach (var image in new[] { "app", "postgres", "rabbitmq", "redis" }) run.Write($"images/{image}/Dockerfile", "FROM scratch\n");
        run.Write("app/debian.Dockerfile", "FROM scratch\nUSER 1000\n");
        run.Shell.Programs.Add("mmdebstrap");
        run.Shell.On("bash images/base.sh");

        (await run.RunAsync("up", "dev", "--engine", "pulumi", "--images", "debian")).Should().Be(0, run.Error);

        run.Shell.Changes.Should().ContainInOrder("bash images/base.sh", $"pulumi up --stack dev --yes --cwd {run.Workspace.Root}");
    }

    [Fact]
    public async Task Takes_the_projects_name_from_its_own_file()
        => await run.RefusesAsync("--project: Pulumi takes the project's name from Pulumi.yaml. Change it there, or use --engine compose.",
            "up", "dev", "--engine", "pulumi", "--project", "mine");
}
