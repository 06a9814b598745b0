using Infra.Model;
using Infra.Operations.Adoption;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class AdoptedVolumesTests
{
    private const string Used = "docker ps --all --filter volume=";

    private static readonly ServiceSpec Postgres = Store("postgres", "old_data");

    private readonly FakeShell shell = FakeShell.WithEngine().On("docker volume ls --quiet", "old_cache\nold_data\n");

    [Fact]
    public async Task What_nobody_else_uses_is_free()
    {
        shell.On(Used + "old_data", "shop-dev-postgres\tshop-dev\tshop-dev\t\n");

        (await RefusalAsync(Postgres, Specs.Store("redis", ServiceRole.Cache))).Should().BeEmpty();

        shell.Asked.Should().OnlyContain(line => !line.Contains("shop-dev-redis", StringComparison.Ordinal), "that is the stack's own");
    }

    [Fact]
    public async Task Nothing_is_asked_where_the_stack_has_volumes_of_its_own_alone()
    {
        (await RefusalAsync(SmallStack.Database)).Should().BeEmpty();

        shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task One_that_is_not_there_is_told_with_the_nearest() => (await RefusalAsync(Store("postgres", "old_dta"))).Should().Be(
        "infra:volumes.postgres: There is no volume 'old_dta' on the engine. Did you mean 'old_data'? "
        + "'docker volume ls' shows those that there are. Without the line, the stack makes one of its own.");

    [Fact]
    public async Task A_Compose_project_that_uses_them_is_told_once_with_what_takes_it_down()
    {
        shell.On(Used + "old_data", "old-db-1\t\told\tFalse\nold-admin-1\t\told\tFalse\n").On(Used + "old_cache", "old-cache-1\t\told\tFalse\n");

        (await RefusalAsync(Postgres, Store("redis", "old_cache"))).Should().Be(
            "old_data, old_cache: They are used by the containers old-db-1, old-admin-1, old-cache-1 of the Compose project 'old'. "
            + "Run 'docker compose -p old down' first, without '--volumes': the data stay.");
    }

    [Theory]
    [InlineData("pg\t\t\t", "pg. Run 'docker rm --force pg' first: the volume, and so the data, stay.")]
    [InlineData("old-db-run-1\t\told\tTrue", "old-db-run-1. Run 'docker rm --force old-db-run-1' first: the volume, and so the data, stay.")]
    [InlineData("blog-dev-db\tblog-dev\tblog-dev\tFalse", "blog-dev-db of the stack blog-dev. "
        + "Take that down first, with './infra.sh down' where it was brought up, and without '--volumes'.")]
    public async Task Whoever_else_uses_it_is_told_in_its_own_way(string line, string sentence)
    {
        shell.On(Used + "old_data", line + "\n");

        (await RefusalAsync(Postgres)).Should().Be("old_data: It is used by the container " + sentence);
    }

    [Fact]
    public async Task All_is_told_at_once()
    {
        shell.On(Used + "old_data", "pg\nold-db-1\t\told\n");

        (await RefusalAsync(Postgres, Store("redis", "gone"))).Split('\n').Should().HaveCount(3);
    }

    [Fact]
    public async Task An_engine_that_does_not_say_who_uses_it_has_not_said_that_it_is_free()
    {
        shell.On(Used + "old_data", exitCode: 1, error: "it is busy");

        (await RefusalAsync(Postgres)).Should().Be("old_data: The engine does not say who uses it: it is busy.");
    }

    private static ServiceSpec Store(string name, string existing) => Specs.Store(name, ServiceRole.Database) with
    {
        Mounts = [new VolumeMount(new Volume(name) { Existing = existing }, "/data")],
    };

    private async Task<string> RefusalAsync(params ServiceSpec[] services)
    {
        try
        {
            await new AdoptedVolumes(new Docker(shell), SmallStack.Dev([.. services]).Topology).RequireFreeAsync(CancellationToken.None);
            return "";
        }
        catch (UserErrorException refusal)
        {
            return refusal.Message;
        }
    }
}
