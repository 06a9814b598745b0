namespace Infra.Tests.EndToEnd.Prod;

public sealed class RotationTests(ProdStack stack) : ProdTest(stack)
{
    [EndToEndFact]
    public async Task A_databases_password_changes_under_a_flow_of_orders_and_the_old_one_is_refused()
    {
        var old = Project.Secret("postgres-password");
        await using var flow = await OrderFlow.BeginAsync(Project, Shop);

        var (result, fresh) = await ToHardAsync("postgres-password");

        fresh.Should().NotBe(old);
        (await LogInAsync(old)).Error.Should().Contain("password authentication failed");
        (await LogInAsync(fresh)).Output.Should().Be("1\n");
        await flow.GoesOnAsync();
        await flow.NothingIsLostAsync();
        await NowhereAsync(result, old, fresh);
    }

    [EndToEndFact]
    public async Task A_brokers_and_a_caches_password_change_and_orders_still_come_back()
    {
        var (broker, cache) = (Project.Secret("rabbitmq-password"), Project.Secret("redis-password"));

        var (result, fresh) = await ToHardAsync("rabbitmq-password");
        await OrderAndWaitAsync("rabbitmq");
        await NowhereAsync(result, broker, fresh);

        result = await Project.InfraAsync("rotate", "prod", "redis-password");
        result.ExitCode.Should().Be(0, result.ToString());
        Project.Secret("redis-password").Should().MatchRegex("^[A-Za-z0-9]{32}$", "one is made up where none is given");
        await OrderAndWaitAsync("redis");
        await NowhereAsync(result, cache, Project.Secret("redis-password"));
    }

    // From one of the same kind, which the stack was brought up with.
    private async Task<(CommandResult Told, string Password)> ToHardAsync(string secret)
    {
        var password = ProdStack.HardPassword(secret);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, password + "\n");
        CommandResult result = await Project.InfraAsync("rotate", "prod", secret, "--value-from", file);
        File.Delete(file);
        result.ExitCode.Should().Be(0, result.ToString());
        Project.Secret(secret).Should().Be(password);
        return (result, password);
    }

    [EndToEndFact]
    public async Task A_caches_password_changes_under_load_without_a_failed_request_and_the_cache_goes_on()
    {
        var old = Project.Secret("redis-password");

        await UnderLoadAsync("redis");

        (await PingAsync(old)).Should().Contain("NOAUTH");
        (await PingAsync(Project.Secret("redis-password"))).Should().Be("PONG\n");
    }

    [EndToEndFact]
    public async Task A_databases_and_a_brokers_password_change_under_load_without_a_failed_request_even_where_each_request_connects_again()
    {
        var (database, broker) = (Project.PathOf("app", "src", "shop", "db.py"), Project.PathOf("app", "src", "shop", "publisher.py"));
        string[] before = [await File.ReadAllTextAsync(database), await File.ReadAllTextAsync(broker)];
        var old = Project.Secret("postgres-password");
        try
        {
            Edit(database, " ConnectionPool(", " NullConnectionPool(");
            Edit(database, "import ConnectionPool, ", "import ConnectionPool, NullConnectionPool, ");
            Edit(
                broker,
                "    result = app.send_task(\n        task,\n",
                "    connection = app.connection_for_write()\n    result = app.send_task(\n        task,\n"
            );
            Edit(broker, "        args,\n", "        args,\n        connection=connection,\n");
            Edit(broker, "    return str(result.id)", "    connection.close()\n    return str(result.id)");
            Edit(broker, "        _try_again_at = time.monotonic() + PAUSE\n", "        raise\n");
            await Project.UpAsync();

            await UnderLoadAsync("postgres");
            await UnderLoadAsync("rabbitmq");
        }
        finally
        {
            await File.WriteAllTextAsync(database, before[0]);
            await File.WriteAllTextAsync(broker, before[1]);
        }

        (await LogInAsync(old)).Error.Should().Contain("password authentication failed");
        (await LogInAsync(Project.Secret("postgres-password"))).Output.Should().Be("1\n");
        (
            await Engine.AskAsync(
                "exec",
                Project.Container("postgres"),
                "psql",
                "-U",
                "postgres",
                "-Atc",
                "SELECT count(*) FROM pg_roles WHERE rolname LIKE '%\\_next'"
            )
        )
            .Should()
            .Be("0");
        (await Engine.AskAsync("exec", Project.Container("rabbitmq"), "rabbitmqctl", "--quiet", "list_users")).Should().NotContain("infra_next");
    }

    private static void Edit(string file, string from, string to)
    {
        var text = File.ReadAllText(file);
        text.Should().Contain(from);
        File.WriteAllText(file, text.Replace(from, to, StringComparison.Ordinal));
    }

    private async Task UnderLoadAsync(string store)
    {
        var before = (await Project.ServicesAsync())[store];
        var load = Load.On(Shop);

        CommandResult result = await Project.InfraAsync("rotate", "prod", $"{store}-password");

        (await load.EndAsync()).Should().BeEmpty($"{load.Answered} requests were answered");
        result.ExitCode.Should().Be(0, result.ToString());
        load.Answered.Should().BeGreaterThan(200);
        var after = (await Project.ServicesAsync())[store];
        (after.Id, after.Started, after.State).Should().Be((before.Id, before.Started, "healthy"));
        await OrderAndWaitAsync(store);
    }

    private async Task<string> PingAsync(string password)
        => (await Engine.TryAsync("exec", "--env", $"REDISCLI_AUTH={password}", Project.Container("redis"), "redis-cli", "ping")).Output;

    // Over TCP from another container: the socket needs no password.
    private Task<CommandResult> LogInAsync(string password) =>
        Engine.TryAsync(
            "exec",
            "--env",
            $"PGPASSWORD={password}",
            Project.Container("backup"),
            "psql",
            "-h",
            "postgres",
            "-U",
            "app",
            "-d",
            "app",
            "-Atc",
            "SELECT 1"
        );

    private async Task NowhereAsync(CommandResult result, params string[] values)
    {
        var places = new Dictionary<string, string> { ["rotate"] = result.ToString() };
        foreach (var service in (await Project.ServicesAsync()).Values)
        {
            places[$"inspect {service.Name}"] = (await Engine.InspectAsync(service.Id)).ToJsonString();
            places[$"logs {service.Name}"] = (await Engine.TryAsync("logs", service.Id)).ToString();
            if (service.Pid > 0) places[$"processes of {service.Name}"] = await Engine.AskAsync("top", service.Id, "-eo", "pid,args");
        }

        places
            .Where(place => values.Any(value => place.Value.Contains(value[^16..], StringComparison.Ordinal)))
            .Select(place => place.Key)
            .Should()
            .BeEmpty();
    }
}
