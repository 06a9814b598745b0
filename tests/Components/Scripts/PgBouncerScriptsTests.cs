using Infra.Components.Programs;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Components.Scripts;

/// <summary>The scripts that write the users of a pool: at its start, and while it runs.</summary>
public sealed class PgBouncerScriptsTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    public void Dispose() => root.Dispose();

    [UnixFact]
    public async Task It_starts_with_the_password_of_its_file_whatever_characters_that_has_and_nobody_else_reads_it()
    {
        await StartAsync("""it's "hard" \ % $HOME""");

        Users().Should().Be("\"app\" \"it's \"\"hard\"\" \\ % $HOME\"\n");
        Modes.Of(PathOf("userlist.txt")).Should().Be("600");
    }

    [UnixFact]
    public async Task Both_users_are_known_while_the_password_is_rotated_and_its_own_alone_before_and_after()
    {
        await StartAsync("old");

        await ChangeAsync("a \"new\" one", "app", "second");
        Users().Should().Be("\"app\" \"old\"\n\"infra_owner_next\" \"a \"\"new\"\" one\"\n");
        await ChangeAsync("a \"new\" one", "app");
        Users().Should().Be("\"infra_owner_next\" \"a \"\"new\"\" one\"\n\"app\" \"a \"\"new\"\" one\"\n");
        await ChangeAsync("a \"new\" one", "app", "remove");
        Users().Should().Be("\"app\" \"a \"\"new\"\" one\"\n");
        await ChangeAsync("a \"new\" one", "app", "remove");
        Users().Should().Be("\"app\" \"a \"\"new\"\" one\"\n");

        (await File.ReadAllLinesAsync(PathOf("signals"))).Should().Equal(Enumerable.Repeat("-HUP 1", 4), "it reads them again each time");
    }

    [UnixTheory]
    [InlineData("old", "app", 0)]
    [InlineData("new", "app", 3)]
    [InlineData("old", "infra_owner_next", 3)]
    public async Task It_tells_whether_a_user_has_a_password(string value, string user, int code)
    {
        await StartAsync("old");

        (await RunAsync("pgbouncer-password", value, "app", "check", user)).ExitCode.Should().Be(code);
        Users().Should().Be("\"app\" \"old\"\n");
    }

    [UnixFact]
    public async Task A_word_that_it_does_not_know_changes_nothing()
    {
        await StartAsync("old");

        var run = await RunAsync("pgbouncer-password", "new", "app", "other");

        run.ExitCode.Should().Be(64);
        run.Error.Should().Be("pgbouncer-password: There is no 'other'; it is second, check, remove, or nothing.\n");
        Users().Should().Be("\"app\" \"old\"\n");
    }

    private string Users() => File.ReadAllText(PathOf("userlist.txt"));

    private string PathOf(string name) => Path.Combine(root.Path, name);

    private async Task StartAsync(string password)
    {
        await File.WriteAllTextAsync(PathOf("password"), password);
        (await RunAsync("pgbouncer-start", "", "echo", "the pool")).Output.Should().Be("the pool\n");
    }

    private async Task ChangeAsync(string value, params string[] arguments)
        => (await RunAsync("pgbouncer-password", value, arguments)).Error.Should().BeEmpty();

    // What lies in /tmp of a container lies in the test's folder, and no process is sent a signal.
    private Task<Command> RunAsync(string script, string input, params string[] arguments) => Command.RunAsync(
        "sh", ["-c", "printf %s \"$INPUT\" | sh -c \"$SCRIPT\" \"$@\"", "sh", script, .. arguments], new Dictionary<string, string?>
        {
            ["INPUT"] = input,
            ["SCRIPT"] = $"kill() {{ echo \"$*\" >>{PathOf("signals")}; }}\n"
                + Script.Read(script).Replace("/tmp/", root.Path + "/", StringComparison.Ordinal),
            ["PGBOUNCER_USER"] = "app",
            ["PGBOUNCER_PASSWORD_FILE"] = PathOf("password"),
        });
}
