using Infra.Tests.Offline;

namespace Infra.Tests.Components;

/// <summary>The entrypoint of Debian's Postgres takes the password as the public image does.</summary>
public sealed class PostgresEntrypointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [UnixFact]
    public async Task A_value_comes_from_the_file_that_is_named_for_it()
    {
        var file = Path.Combine(folder.Path, "password");
        await File.WriteAllTextAsync(file, "from the file");

        (await ValueAsync(("POSTGRES_PASSWORD_FILE", file))).Output.Should().Be("from the file");
        (await ValueAsync(("POSTGRES_PASSWORD", "plain"))).Output.Should().Be("plain");
        (await ValueAsync(("POSTGRES_PASSWORD_FILE", file), ("POSTGRES_PASSWORD", "plain")))
            .Error.Should()
            .Be("postgres: POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are both set; set one.\n");
        (await ValueAsync(("POSTGRES_PASSWORD_FILE", file + "s")))
            .Error.Should()
            .Be($"postgres: POSTGRES_PASSWORD_FILE names {file}s, which cannot be read.\n");
    }

    [Fact]
    public void The_password_is_such_a_value() =>
        File.ReadAllText(Repository.PathOf("images/postgres/entrypoint.sh"))
            .Should()
            .Contain("password=$(value_of POSTGRES_PASSWORD)")
            .And.Contain("3<<<\"$password\"");

    private static Task<Command> ValueAsync(params (string Name, string? Value)[] variables) =>
        Command.RunAsync(
            "bash",
            [
                "-c",
                "eval \"$(sed -n '/^fail() {/,/^}/p; /^value_of() {/,/^}/p' \"$1\")\"; value_of POSTGRES_PASSWORD",
                "--",
                Repository.PathOf("images/postgres/entrypoint.sh"),
            ],
            variables.ToDictionary(variable => variable.Name, variable => variable.Value)
        );
}
