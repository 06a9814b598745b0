using Infra.Model;
using Infra.Model.Rules;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks.Services;

public sealed class StoreSettingsTests
{
    [Fact]
    public async Task Postgres_takes_parameters_scripts_and_further_databases()
    {
        var postgres = await SpecAsync("postgres",
            "{parameters: {max_connections: 300, shared_preload_libraries: pg_cron}, initScripts: [db/init.sql], databases: [other, third]}");

        postgres.Command.Skip(2).Should().Equal(
            "-c", "max_connections=300", "-c", "shared_preload_libraries=pg_cron");
        postgres.Mounts.Should().Contain(new BindMount("db/init.sql", "/docker-entrypoint-initdb.d/init.sql", ReadOnly: true));
        postgres.Variable("POSTGRES_DATABASES").Should().Be("other third");
        postgres.Variable("POSTGRES_PRELOAD").Should().Be("pg_cron");
        postgres.Pids.Should().Be(400, "each connection is a process");
        postgres.Backup!.Drill!.Command.TakeLast(2).Should().Equal("-c", "shared_preload_libraries=pg_cron");
    }

    [Fact]
    public async Task Single_scripts_lie_beside_each_other()
        => (await SpecAsync("postgres", "{initScripts: [a/one.sql, b/two.sh]}")).Mounts.OfType<BindMount>().Select(mount => mount.Target)
            .Should().Equal("/docker-entrypoint-initdb.d/one.sql", "/docker-entrypoint-initdb.d/two.sh");

    [Fact]
    public async Task RabbitMQ_takes_a_virtual_host_a_timeout_and_further_lines()
    {
        var rabbit = await SpecAsync(
            "rabbitmq",
            "{vhost: /shop, consumerTimeoutSeconds: 7200, configuration: {channel_max: 512, disk_free_limit.absolute: 1GB}}"
        );

        rabbit.Endpoint!.Url().ToString().Should().Be("amqp://app:<rabbitmq-password>@rabbitmq:5672/%2Fshop");
        Content(rabbit, "rabbitmq.conf").Should().Contain("consumer_timeout = 7200000\n").And.Contain("channel_max = 512\n")
            .And.Contain("disk_free_limit.absolute = 1GB\n").And.NotContain("256MB");
        Content(rabbit, "rabbitmq-user.config").Should().Contain("{default_vhost, <<47,115,104,111,112>>}");
    }

    [Fact]
    public async Task Redis_without_a_password_has_none_anywhere_and_a_warning()
    {
        var stack = await StackAsync("redis: {password: false}", "  infra:monitoring: {enabled: true}\n");
        var redis = stack.Find("redis")!;

        redis.Endpoint!.Url().ToString().Should().Be("redis://redis:6379/0");
        redis.PasswordChange.Should().BeNull();
        redis.Health!.Test.Should().Equal("sh", "-c", "redis-cli ping | grep -q PONG");
        Content(redis, "redis.conf").Should().Contain("protected-mode no\n").And.NotContain("requirepass");
        redis.Files.Should().ContainSingle();
        stack.Find("redis-exporter")!.Files.Should().BeEmpty();
        Review.Run(stack).Select(finding => finding.Rule).Should().Contain("STORE-PASSWORD");
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("valkey")]
    public async Task Redis_and_Valkey_take_further_lines(string kind)
        => Content(await SpecAsync(kind, "{parameters: {save: 3600 1 300 100, notify-keyspace-events: Ex}}"), "redis.conf")
            .Should().EndWith("dir /data\nnotify-keyspace-events Ex\nsave 3600 1 300 100\n");

    [Fact]
    public async Task A_cache_may_forget()
    {
        var redis = await SpecAsync("redis", "{persistent: false}");

        Content(redis, "redis.conf").Should().Contain("appendonly no\nsave \"\"\n");
        redis.Mounts.OfType<VolumeMount>().Should().BeEmpty();
        redis.StatePaths.Should().BeEmpty();
        redis.Backup.Should().BeNull();
        redis.Role.Should().Be(ServiceRole.Cache);
    }

    [Fact]
    public async Task Further_databases_are_in_no_backup_and_production_hears_of_it()
    {
        var settings = SettingsOf.Exactly(Yaml("postgres: {databases: [other]}", "", "prod"));

        StackFactory.Review(settings, await StackFactory.GatherAsync(settings)).Should().ContainSingle()
            .Which.Sentence.Should().StartWith("infra:services.postgres.databases: A backup has 'app' alone, and none of these.");
    }

    [Theory]
    [InlineData("postgres: {parameters: {Max: 1}}", "'Max' is not a parameter's name.")]
    [InlineData("postgres: {parameters: {data_directory: /x}}", "'data_directory' is kept for the component's own use.")]
    [InlineData("postgres: {initScripts: [../x.sql]}", "'../x.sql' is not below the project.")]
    [InlineData("postgres: {initScripts: [init.txt]}", "'init.txt' is no folder here, and no script that Postgres' image runs.")]
    [InlineData("postgres: {initScripts: [a/x.sql, b/x.sql]}", "Two of them have the same name.")]
    [InlineData("postgres: {databases: [\"my db\"]}", "'my db' is not a name that every client understands")]
    [InlineData("rabbitmq: {vhost: \"a b\"}", "'a b' is not a virtual host's name.")]
    [InlineData("rabbitmq: {configuration: {consumer_timeout: 1}}", "'consumer_timeout' is kept for the component's own use.")]
    [InlineData("redis: {parameters: {maxmemory: 1gb}}", "'maxmemory' is kept for the component's own use.")]
    [InlineData("redis: {parameters: {io_threads: 4}}", "'io_threads' is not a parameter's name.")]
    [InlineData("redis: {broker: true, persistent: false}", "Tasks are queued in it, and a restart would lose them.")]
    public void What_cannot_be_is_an_error(string service, string error)
    {
        var parse = () => SettingsOf.Exactly(Yaml(service, "", "dev"));

        parse.Should().Throw<SettingsException>().Which.Message.Should().Contain(error);
    }

    private static async Task<ServiceSpec> SpecAsync(string name, string keys) => (await StackAsync($"{name}: {keys}", "")).Find(name)!;

    private static Task<Topology> StackAsync(string service, string further)
        => StackFactory.GatherAsync(SettingsOf.Exactly(Yaml(service, further, "dev")));

    private static string Yaml(string service, string further, string environment)
        => $"config:\n  infra:environment: {environment}\n{further}  infra:services:\n    {service}\n";

    private static string Content(ServiceSpec service, string file) => service.Files.Single(each => each.Name == file).Content.ToString();
}
