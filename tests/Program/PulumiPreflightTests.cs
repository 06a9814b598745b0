using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Backups;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;
using Infra.Tests.Support;

namespace Infra.Tests.Program;

/// <summary>Plain <c>pulumi up</c> looks at the engine before it registers anything; a preview tells the same, and changes nothing.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class PulumiPreflightTests : IDisposable
{
    private const string Pending =
        "shop-dev: Pulumi's state still has 1 pending operation of a run that was killed, and Pulumi warns of it each time. "
        + "Once an up has succeeded, 'pulumi refresh -s dev --clear-pending-creates' clears it.";

    private static readonly ServiceSpec Postgres = Specs.Store("postgres", ServiceRole.Database) with { Image = new PinnedImage("postgres", "17") };
    private static readonly Topology Stack = new(new Naming("shop", "dev"), [Postgres, Specs.Web()]);

    private readonly EnvironmentVariables variables = new();
    private readonly FakeShell shell = FakeShell.WithEngine();

    public PulumiPreflightTests()
    {
        (variables["PULUMI_DRY_RUN"], variables["PULUMI_CONFIG"], variables["PULUMI_ORGANIZATION"], variables["DOCKER_HOST"]) = (
            "false",
            "{}",
            "acme",
            null
        );
        shell.Programs.Add("pulumi");
        State();
    }

    public void Dispose() => variables.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_running_stack_of_Compose_is_refused(bool isPreview) =>
        await FindsAsync(
            isPreview,
            FakeContainers.Container("web"),
            "shop-dev: 1 object of the engine 'compose' exists (shop-dev-web), and two engines cannot share them.\n"
                + "Run './infra.sh down dev --engine compose' first: volumes, and so the data, stay."
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_volume_that_another_image_wrote_is_refused(bool isPreview)
    {
        shell.On("docker volume ls", "shop-dev-postgres\tregistry/postgres:16\n");

        await FindsAsync(
            isPreview,
            null,
            "shop-dev-postgres: The volume was written by registry/postgres:16, and registry/postgres:17-debian would start on it now.*"
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_lies_in_a_volume_of_Postgres_without_a_label_is_looked_at(bool isPreview)
    {
        shell.On("docker volume ls --quiet", "shop-dev-postgres\n").On("docker run --rm --pull never", "PG_VERSION 17\n");
        var database = Infra.Components.Postgres.Describe("postgres", new() { Password = new Secret("postgres-password") });

        await FindsAsync(
            isPreview,
            null,
            "shop-dev-postgres: The volume has data of Postgres 17, and registry/postgres:18-alpine would start on it now. "
                + "To stay, set 'infra:services.postgres.image: postgres:17.11-alpine' in Pulumi.dev.yaml. *",
            new Topology(Stack.Naming, [database])
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_volume_that_is_taken_over_must_be_there_and_free(bool isPreview)
    {
        shell.On("docker volume ls --quiet", "old_data\n").On("docker ps --all --filter volume=old_data", "old-db-1\t\told\n");

        await FindsAsync(isPreview, null, "old_data: It is used by the container old-db-1 of the Compose project 'old'. Run *", Adopting("old_data"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_good_to_know_of_it_is_a_warning(bool isPreview)
    {
        shell.On("docker volume ls --quiet", "old_data\n").On("docker run --rm --pull never", "999\n999\tmnesia/rabbit@0123456789ab\n");
        variables["PULUMI_DRY_RUN"] = isPreview ? "true" : "false";

        var found = await LookAsync(Adopting("old_data"));

        found.Errors.Should().BeEmpty();
        found.Warnings.Should().ContainSingle().Which.Should().StartWith("old_data: 'rabbitmq' begins with no queues and no users.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Containers_that_a_lost_state_does_not_know_are_refused(bool isPreview) =>
        await FindsAsync(
            isPreview,
            FakeContainers.Container("web", engine: "pulumi"),
            "shop-dev: Pulumi's state does not know containers that Pulumi made (shop-dev-web): it was lost, or it is in another backend. "
                + "Select that backend ('pulumi login'), "
                + "or remove them with './infra.sh down dev --engine compose' (volumes, and so the data, stay), and run the same command again."
        );

    [Fact]
    public async Task What_the_state_knows_is_no_finding()
    {
        State(resources: """{"type": "docker:index/container:Container", "id": "id-web"}, {"type": "docker:index/network:Network", "id": "net-1"}""");
        shell.Running(FakeContainers.Container("web", engine: "pulumi")).On("docker network ls --no-trunc --quiet", "net-1\n");

        var found = await LookAsync();

        found.Errors.Should().BeEmpty();
        found.Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{}", "unix:///var/run/docker.sock")]
    [InlineData("""{"docker:host": "ssh://root@server"}""", "ssh://root@server")]
    public async Task What_a_killed_run_left_is_removed_on_the_providers_engine_and_what_it_had_begun_is_told(string configuration, string engine)
    {
        if (OperatingSystem.IsWindows()) return;
        variables["PULUMI_CONFIG"] = configuration;
        Begun();

        var found = await LookAsync();

        found.Errors.Should().BeEmpty();
        found
            .Warnings.Should()
            .Equal("container shop-dev-web: An interrupted run left it, unknown to Pulumi's state. Removed; it is created again.", Pending);
        shell.Changes.Should().Equal("docker rm --force id-web");
        shell.Asked.Should().Contain(line => line.StartsWith("pulumi stack export --stack acme/shop/dev ", StringComparison.Ordinal));
        shell.Variables["DOCKER_HOST"].Should().Be(engine);
    }

    [Fact]
    public async Task A_preview_removes_nothing_of_it()
    {
        variables["PULUMI_DRY_RUN"] = "true";
        Begun();

        (await LookAsync()).Should().BeEquivalentTo(new Preflight([], [Pending]));

        shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_network_that_was_removed_is_told_with_the_command_that_makes_it_again()
    {
        State(resources: """{"type": "docker:index/container:Container", "id": "id-web"}, {"type": "docker:index/network:Network", "id": "net-1"}""");
        shell.Running(FakeContainers.Container("web", engine: "pulumi")).On("docker network ls --no-trunc --quiet", "net-2\n");

        (await LookAsync()).Warnings.Should().Equal("shop-dev: A network of the stack was removed, and Pulumi's state still has it. "
            + "'pulumi up -s dev --refresh' creates it again, and recreates the containers on it.");
    }

    [Theory]
    [InlineData("false", 0)]
    [InlineData("false", 1)]
    [InlineData("true", 0)]
    public async Task What_a_restore_that_was_cut_off_left_half_in_place_is_undone_or_nothing_is_registered(string isPreview, int code)
    {
        using var root = new TemporaryRoot();
        var swaps = new StoppedNote(new Workspace(root.Path), "dev").Swaps;
        swaps.Add(new Swap("redis", ["shop-dev-redis"], ["run", "undo"]));
        shell.On("docker run undo", exitCode: code, error: "input/output error").On("docker ps --filter volume=")
            .On("docker volume ls --quiet", "shop-dev-redis\n");
        variables["PULUMI_DRY_RUN"] = isPreview;

        var found = await PulumiProgram.LookAsync(shell, root.Path, Stack);

        shell.Changes.Should().HaveCount(isPreview == "true" ? 0 : 1);
        string[] result = [.. found.Errors, .. found.Warnings];
        if (isPreview == "true") result.Should().BeEmpty();
        else result.Should().ContainSingle().Which.Should().StartWith("redis: A restore was interrupted while it replaced the data");
        found.Errors.Should().HaveCount(code);
        swaps.Read().Should().HaveCount(isPreview == "true" ? 1 : code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_snapshot_of_Redis_is_made_readable_and_by_a_preview_it_is_not(bool isPreview)
    {
        shell.On("docker volume ls --quiet", "old_cache\n").On("docker run --rm").On("docker run --rm --pull never", "999\n999\tdump.rdb\n");
        variables["PULUMI_DRY_RUN"] = isPreview ? "true" : "false";
        var redis = Infra.Components.Redis.Describe("redis", new() { Password = new Secret("redis-password") });
        var adopting = redis with { Mounts = [new VolumeMount(new Volume("redis") { Existing = "old_cache" }, "/data")] };

        (await LookAsync(new Topology(Stack.Naming, [adopting]))).Errors.Should().BeEmpty();

        shell.Changes.Should().HaveCount(isPreview ? 0 : 1);
    }

    private static Topology Adopting(string existing)
    {
        var broker = Infra.Components.RabbitMq.Describe("rabbitmq", new() { Password = new Secret("rabbitmq-password") });
        return new Topology(
            Stack.Naming, [broker with { Mounts = [new VolumeMount(new Volume("rabbitmq") { Existing = existing }, "/var/lib/rabbitmq")] }]);
    }

    private Task<Preflight> LookAsync() => PulumiProgram.LookAsync(shell, "/srv/shop", Stack);

    private Task<Preflight> LookAsync(Topology? topology = null) => PulumiProgram.LookAsync(shell, "/srv/shop", topology ?? Stack);

    private async Task FindsAsync(bool isPreview, JsonObject? container, string sentence, Topology? topology = null)
    {
        variables["PULUMI_DRY_RUN"] = isPreview ? "true" : "false";
        if (container is not null) shell.Running(container);

        var found = await LookAsync(topology);

        (isPreview ? found.Warnings : found.Errors).Should().ContainSingle().Which.Should().Match(sentence);
        (isPreview ? found.Errors : found.Warnings).Should().BeEmpty();
        shell.Changes.Should().BeEmpty();
    }

    private void Begun()
    {
        State(pending: """{"type": "creating", "resource": {"type": "docker:index/container:Container", "inputs": {"name": "shop-dev-web"}}}""");
        shell.Running(FakeContainers.Container("web", engine: "pulumi")).On("docker rm", () =>
        {
            shell.Running();
            return new(0, "", "");
        }).On("docker inspect --type container --format", "id-web shop-dev pulumi\n");
    }

    private void State(string resources = "", string pending = "")
        => shell.On("pulumi stack export", $$$"""{"deployment": {"resources": [{{{resources}}}], "pending_operations": [{{{pending}}}]}}""");
}
