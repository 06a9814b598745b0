namespace Infra.Tests.EndToEnd;

/// <summary>A stack takes over what a plain Compose project has written.</summary>
[Collection(PostgresMoveCollection.Name)]
[Trait("Category", EndToEndCollection.Category)]
public sealed class ExistingVolumesTests
{
    private const string Before = """
        services:
          db:
            image: infra-debian/postgres:17
            environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: of-old, POSTGRES_DB: orders }
            volumes: ["data:/var/lib/postgresql/data"]
            healthcheck: { test: [CMD, pg_isready, -q, -h, 127.0.0.1], interval: 1s, start_period: 30s }
          cache:
            image: infra-debian/redis:8
            volumes: ["cache:/data"]
            healthcheck: { test: [CMD, redis-cli, ping], interval: 1s, start_period: 30s }
        volumes: { data: {}, cache: {} }

        """;

    [EndToEndFact]
    public async Task What_plain_Compose_wrote_is_there_after_up_and_stays_when_the_stack_goes()
    {
        await using var project = Project.Make(web: null);
        var old = project.Name + "-old";
        var (data, cache) = ($"{old}_data", $"{old}_cache");
        await File.WriteAllTextAsync(project.PathOf("Pulumi.dev.yaml"), $$"""
            config:
              infra:environment: dev
              infra:images: debian
              infra:services:
                postgres: { user: shop, database: orders }
                redis: {}
              infra:volumes: { postgres: {{data}}, redis: {{cache}} }

            """);
        await File.WriteAllTextAsync(project.PathOf("compose.yaml"), Before);
        string[] compose = ["compose", "--project-name", old, "--file", project.PathOf("compose.yaml")];
        try
        {
            await SucceedsAsync(project, "build", "dev");
            await Engine.AskAsync([.. compose, "up", "--detach", "--wait"]);
            await AskAsync($"{old}-db-1", "CREATE TABLE kept AS SELECT id FROM generate_series(1, 1000) id");
            await Engine.AskAsync("exec", $"{old}-cache-1", "redis-cli", "set", "kept", "yes");

            CommandResult refused = await project.InfraAsync("up", "dev");
            refused.ExitCode.Should().Be(2, refused.ToString());
            refused.Error.Should().Be(
                $"{data}, {cache}: They are used by the containers {old}-db-1, {old}-cache-1 of the Compose project '{old}'. "
                + $"Run 'docker compose -p {old} down' first, without '--volumes': the data stay.\n");
            (await project.ObjectsAsync()).Should().BeEmpty("nothing was made before it was refused");

            await Engine.AskAsync("compose", "-p", old, "down");
            await project.UpAsync();
            (await AskAsync(project.Container("postgres"), "SELECT count(*), (SELECT rolsuper FROM pg_roles WHERE rolname = 'shop') FROM kept"))
                .Should().Be("1000|f");
            (await CachedAsync(project)).Should().Be("yes", "it was in a snapshot alone");
            await project.UpAsync();
            await SucceedsAsync(project, "backup", "dev");
            await AskAsync(project.Container("postgres"), "DELETE FROM kept");
            await SucceedsAsync(project, "restore", "dev", "newest", "--yes");
            (await AskAsync(project.Container("postgres"), "SELECT count(*) FROM kept")).Should().Be("1000");
            (await CachedAsync(project)).Should().Be("yes");

            CommandResult gone = await project.InfraAsync("down", "dev", "--volumes", "--yes");
            gone.Output.Should().Contain($"{data}: kept. It was taken over (infra:volumes); 'docker volume rm {data}' removes it.\n");
            (await Engine.LinesAsync("volume", "ls", "--quiet", "--filter", $"name={project.Name}")).Should().BeEquivalentTo(data, cache);
        }
        finally
        {
            await Engine.TryAsync([.. compose, "down", "--volumes"]);
            await Engine.TryAsync("rm", "--force", project.Container("postgres"), project.Container("redis"));
            await Engine.TryAsync("volume", "rm", "--force", data, cache);
        }
    }

    private static async Task SucceedsAsync(Project project, params string[] arguments)
    {
        CommandResult result = await project.InfraAsync(arguments);
        result.ExitCode.Should().Be(0, result.ToString());
    }

    private static Task<string> AskAsync(string container, string statement)
        => Engine.AskAsync("exec", container, "psql", "-v", "ON_ERROR_STOP=1", "-U", "shop", "-d", "orders", "-Atqc", statement);

    private static Task<string> CachedAsync(Project project) =>
        Engine.AskAsync("exec", project.Container("redis"), "sh", "-c", "REDISCLI_AUTH=\"$(cat /run/secrets/redis-password)\" redis-cli get kept");
}
