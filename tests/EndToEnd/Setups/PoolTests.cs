using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>PgBouncer in Postgres' place, and two Valkeys with other data.</summary>
[Collection(PoolCollection.Name)]
public sealed class PoolTests(PoolStack stack, ITestOutputHelper output)
    : SetupTest<PoolStack>(stack, output, "postgres", "pool", "cache", "sessions", "web")
{
    [EndToEndFact]
    public async Task More_clients_than_Postgres_takes_share_the_few_connections_of_the_pool()
    {
        var burst = await Stack.PostAsync("/bursts", new { clients = 80, orders = 5 });

        burst["orders"]!.GetValue<int>().Should().Be(400);
        burst["servers"]!.GetValue<int>().Should().BeLessThanOrEqualTo(10, "the pool has no more");
    }

    [EndToEndFact]
    public async Task A_further_database_is_reached_through_the_pool_as_the_same_user()
        => (await Stack.GetAsync("/user")).Should().Be("""{"database":"archive","acts_as":"app","logged_in":"app"}""");

    [EndToEndFact]
    public async Task The_server_has_the_parameters_and_what_the_scripts_made()
    {
        (await SuperuserAsync("SHOW max_connections")).Should().Be("30\n");
        (await SuperuserAsync("SHOW log_min_duration_statement")).Should().Be("500ms\n");
        (await SuperuserAsync("SELECT rolname, shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = 'reporting'"))
            .Should().Be("reporting|made by a script\n");
    }

    [EndToEndFact]
    public async Task No_order_fails_while_the_password_is_rotated_and_the_pool_goes_on_as_it_is()
    {
        var (before, failures, old) = (await Project.ServicesAsync(), await Stack.GetAsync("/failures"), Project.Secret("postgres-password"));

        await InfraAsync("rotate", "postgres-password");

        var after = await Project.ServicesAsync();
        Project.Secret("postgres-password").Should().NotBe(old);
        after["web"].Id.Should().NotBe(before["web"].Id);
        foreach (var name in new[] { "postgres", "pool" })
            (after[name].Id, after[name].Started).Should().Be((before[name].Id, before[name].Started));
        await Stack.OrdersGoOnAsync();
        (await Stack.GetAsync("/failures")).Should().Be(failures);
        (await LogInAsync(old)).Error.Should().Contain("SASL authentication failed");
        (await LogInAsync(Project.Secret("postgres-password"))).Output.Should().Be("app\n");
        (await Engine.AskAsync("exec", Project.Container("pool"), "grep", "--count", ".", "/tmp/userlist.txt")).Should().Be("1");
    }

    [EndToEndFact]
    public async Task A_restart_of_Postgres_is_over_for_its_clients_when_it_is_over()
    {
        var before = (await Project.ServicesAsync())["pool"];

        await InfraAsync("restart", "postgres");

        await Stack.OrdersGoOnAsync();
        (await Project.ServicesAsync())["pool"].Started.Should().Be(before.Started);
        (await LogInAsync(Project.Secret("postgres-password"))).Output.Should().Be("app\n");
    }

    [EndToEndFact]
    public async Task A_restart_of_the_pool_has_the_password_of_the_day()
    {
        await InfraAsync("restart", "pool");

        await Stack.OrdersGoOnAsync();
    }

    [EndToEndFact]
    public async Task Each_Valkey_has_its_own_data_and_only_one_keeps_them()
    {
        await Stack.PostAsync("/stores/cache/colour", new { value = "red" });
        await Stack.PostAsync("/stores/sessions/colour", new { value = "blue" });
        (await Stack.GetAsync("/stores/cache/colour")).Should().Be("""{"value":"red"}""");
        (await Stack.GetAsync("/stores/sessions/colour")).Should().Be("""{"value":"blue"}""");

        await InfraAsync("restart", "cache", "sessions");

        (await Stack.GetAsync("/stores/cache/colour")).Should().Be("""{"value":null}""");
        (await Stack.GetAsync("/stores/sessions/colour")).Should().Be("""{"value":"blue"}""");
    }

    [EndToEndFact]
    public async Task A_Valkeys_password_is_rotated_while_it_runs()
    {
        await Stack.PostAsync("/stores/cache/kept", new { value = "in memory" });

        await InfraAsync("rotate", "cache-password");

        (await Stack.GetAsync("/stores/cache/kept")).Should().Be("""{"value":"in memory"}""");
    }

    private async Task<string> SuperuserAsync(string statement)
        => await InfraAsync("exec", "postgres", "--", "psql", "--username", "postgres", "--dbname", "app", "-XAtc", statement);

    private Task<CommandResult> LogInAsync(string password) => Engine.TryAsync(
        "exec", "--env", $"PGPASSWORD={password}", Project.Container("pool"),
        "psql", "--host", "127.0.0.1", "--port", "6432", "--username", "app", "--dbname", "app", "-XAtc", "SELECT current_user");
}
