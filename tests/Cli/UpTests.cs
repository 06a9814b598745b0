using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Up;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class UpTests : IDisposable
{
    private static readonly string[] Services = ["beat", "postgres", "rabbitmq", "redis", "web", "worker"];

    private readonly CommandLineRun run = new();
    private bool isUp;

    public UpTests() => run.Shell
        .On("docker pull").On("docker build").On("docker events")
        .On(Compose("config --hash *"), string.Join('\n', Services.Select(service => $"{service} hash-{service}")))
        .On(Compose("up"), () =>
        {
            isUp = true;
            return new ShellResult(0, "", "");
        })
        .On("docker ps --all", () => new ShellResult(0, isUp ? string.Join('\n', Services.Select(service => $"id-{service}")) : "", ""))
        .On("docker inspect --type container", $"[{string.Join(',', FakeContainers.All().Select(container => container.ToJsonString()))}]");

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Fetches_builds_and_starts_and_prints_the_addresses()
    {
        (await UpAsync()).Should().Be(0);

        run.Shell.Changes.Should().ContainInOrder(
            "docker pull --quiet postgres:18.6-alpine",
            $"docker build --tag shop-dev-app:latest --label infra.context={Hash()} --file {run.PathOf("app/Dockerfile")} {run.PathOf("app")}",
            Compose("config --hash *"),
            Compose("up --detach --no-build --remove-orphans --quiet-pull --wait --wait-timeout 300"));
        run.Out.Should().EndWith("shop-dev: 6 services, all healthy.\n  web: http://127.0.0.1:18123\n");
        run.Files.Should().Contain([".infra/dev/compose.yaml", ".infra/dev/applied.json", ".infra/dev/images", ".secrets/dev/postgres-password"]);
    }

    [Fact]
    public async Task Compose_is_never_in_a_place_to_remove_a_volume_whose_definition_changed()
    {
        (await UpAsync()).Should().Be(0);

        var volumes = File.ReadAllText(run.PathOf(".infra/dev/compose.yaml")).Split("\nvolumes:\n")[1].Split("\n\n")[0];
        volumes
            .Split("external: true")
            .Should()
            .HaveCount(volumes.Split("name: shop-dev-").Length)
            .And.HaveCountGreaterThan(3, "it compares only what is its own");
        run.Shell.Changes.Where(line => line.StartsWith("docker volume create ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[^1])
            .Should()
            .Contain(["shop-dev-postgres", "shop-dev-redis", "shop-dev-rabbitmq"]);
        run.Shell.Changes.Where(line => line.StartsWith("docker compose ", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' '))
            .Should()
            .NotContain(["--yes", "-y", "--renew-anon-volumes", "-V"]);
    }

    [Fact]
    public async Task Data_of_another_major_version_of_Postgres_are_told_with_the_ways_out_before_anything_starts()
    {
        run.Shell.On("docker volume ls", "shop-dev-postgres\t\n").On("docker run --rm --pull never", "PG_VERSION 17\n");

        (await UpAsync()).Should().Be(2);

        run.Error.Should()
            .Contain(
                "shop-dev-postgres: The volume has data of Postgres 17, and registry/postgres:18-alpine would start on it now. "
                    + "To stay, set 'infra:services.postgres.image: postgres:17.11-alpine' in Pulumi.dev.yaml. "
            );
        run.Shell.Changes.Should()
            .NotContain(line =>
                line.StartsWith("docker compose", StringComparison.Ordinal) || line.StartsWith("docker volume", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task Files_with_secrets_are_closed_to_others_and_their_copies_readable_by_containers()
    {
        if (OperatingSystem.IsWindows()) return;
        await UpAsync();
        foreach (var folder in new[] { ".secrets/dev", ".secrets/dev/rendered" })
        {
            foreach (var file in Directory.GetFiles(run.PathOf(folder))) Modes.Set(file, "600");
            Modes.Set(run.PathOf(folder), "755");
        }

        (await UpAsync()).Should().Be(0);

        foreach (var (folder, mode) in new[] { (".secrets/dev", "600"), (".secrets/dev/rendered", "444") })
        {
            Modes.Of(run.PathOf(folder)).Should().Be("700", folder);
            Directory
                .GetFiles(run.PathOf(folder))
                .Where(file => Path.GetFileName(file) != ".digest-key")
                .Should()
                .NotBeEmpty()
                .And.OnlyContain(file => Modes.Of(file) == mode, folder);
        }
    }

    [Fact]
    public async Task A_second_time_changes_nothing()
    {
        await UpAsync();
        var before = run.Shell.Changes.ToArray();
        var images = new[]
        {
            ("postgres", "postgres:18.6-alpine"),
            ("redis", "redis:8.10.1-alpine"),
            ("rabbitmq", "rabbitmq:4.2.9-management-alpine"),
        }.Select(image => $$"""{"Id": "sha256:{{image.Item1}}", "RepoTags": ["{{image.Item2}}"]}""");
        run.Shell.On(
            "docker image inspect",
            string.Join(
                '\n',
                [
                    .. images,
                    $$$$"""{"Id": "sha256:app", "RepoTags": ["shop-dev-app:latest"], "Config": {"Labels": {"infra.context": "{{{{Hash()}}}}"}}}""",
                ]
            )
        );
        run.Shell.On(
            "docker inspect --type container",
            $"[{string.Join(',', FakeContainers.All().Select(container => FromApp(container).ToJsonString()))}]"
        );

        (await UpAsync()).Should().Be(0);

        run.Shell.Changes.Should().Equal(before);
    }

    [Fact]
    public async Task What_an_interrupted_up_made_and_never_started_is_recreated()
    {
        run.Shell.Running([.. FakeContainers.All()[..4], FakeContainers.Container("web", status: "created"), FakeContainers.Container("worker")])
            .On("docker rm");

        (await UpAsync()).Should().Be(0);

        run.Shell.Changes.Should()
            .ContainInOrder("docker rm --force id-web", Compose("up --detach --no-build --remove-orphans --quiet-pull --wait --wait-timeout 300"));
    }

    [Fact]
    public async Task D10_what_has_lost_its_network_is_recreated_with_it()
    {
        var takenOff = FakeContainers.Container("redis");
        takenOff["NetworkSettings"]!["Networks"] = new System.Text.Json.Nodes.JsonObject();
        run.Shell.Running([
                .. FakeContainers.All()[..3],
                takenOff,
                FakeContainers.Container("web", status: "exited"),
                FakeContainers.Container("worker", status: "exited"),
            ])
            .On("docker network ls --no-trunc", "id-another\n");

        (await UpAsync()).Should().Be(0);

        run.Shell.Changes.Should()
            .ContainInOrder(
                Compose("up --detach --no-build --force-recreate --quiet-pull redis web worker"),
                Compose("up --detach --no-build --remove-orphans --quiet-pull --wait --wait-timeout 300")
            );
    }

    [Fact]
    public async Task What_stands_still_on_a_network_that_is_there_is_only_started()
    {
        run.Shell.Running([.. FakeContainers.All()[..5], FakeContainers.Container("worker", status: "exited")])
            .On("docker network ls --no-trunc", "id-another\nid-default\n");

        (await UpAsync()).Should().Be(0);

        run.Shell.Changes.Should().NotContain(line => line.Contains("--force-recreate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_fails_is_shown_with_its_last_lines_and_its_probes_words()
    {
        run.Shell.On(
            Compose("up"),
            () =>
            {
                isUp = true;
                return new ShellResult(1, "", "container shop-dev-web is unhealthy");
            }
        );
        run.Shell.On(
                "docker inspect --type container",
                $"[{FakeContainers.Container("web", "unhealthy").ToJsonString()},{FakeContainers.Container("beat", "none", "exited").ToJsonString()}]"
            )
            .On(FakeShell.Logs, "line 1\nline 2\n");

        (await UpAsync()).Should().Be(1);

        run.Error.Should().EndWith("""
            shop-dev: Not every service became healthy. container shop-dev-web is unhealthy.
            beat: It is exited, exit code 3.
              its probe said:
                connection refused
              its last lines:
                line 1
                line 2
            web: It is running, but unhealthy.
              its probe said:
                connection refused
              its last lines:
                line 1
                line 2
            Running containers were left as they are: './infra.sh status dev' shows them, and './infra.sh up dev' continues from here.

            """);
        LastApply.Read(run.PathOf(".infra/dev/applied.json")).Compose.Should().BeEmpty("what is not complete is not remembered as applied");
    }

    private static System.Text.Json.Nodes.JsonObject FromApp(System.Text.Json.Nodes.JsonObject container)
    {
        if (container["Name"]!.GetValue<string>() is "/shop-dev-web" or "/shop-dev-worker" or "/shop-dev-beat") container["Image"] = "sha256:app";
        return container;
    }

    private Task<int> UpAsync() => run.RunAsync("up", "dev", "--images", "registry");

    private string Hash() => BuildContext.Hash(run.Workspace.Root, new BuiltImage("app", "app"));

    private string Compose(string verb)
        => $"docker compose --project-directory {run.Workspace.Root} --file {run.PathOf(".infra/dev/compose.yaml")} --project-name shop-dev {verb}";
}
