using Infra.Components.Programs;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Components.Scripts;

/// <summary>The scripts that tell a store its new password, with a client that cannot reach the store or is refused by it.</summary>
public sealed class PasswordScriptsTests : IDisposable
{
    private const string Nobody = "Could not connect to Redis at 127.0.0.1:6379: Connection refused";
    private readonly TemporaryRoot root = new();

    public void Dispose() => root.Dispose();

    // As redis-cli ends where it reads commands, and as it ends where it is given one.
    [UnixTheory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Redis_that_is_down_is_said_to_be_whatever_the_client_ends_with(int code)
    {
        Client("redis-cli", $"cat >/dev/null; echo '{Nobody}' >&2; exit {code}");

        var run = await RunAsync("redis-password", "only", PasswordFile());

        run.ExitCode.Should().Be(1);
        run.Error.Should().Be($"Redis does not answer, so it has the password that it had: {Nobody}\n");
    }

    [UnixFact]
    public async Task Redis_that_takes_neither_password_is_told_by_its_own_words()
    {
        Client("redis-cli", "cat >/dev/null; echo 'AUTH failed: WRONGPASS' >&2; echo 'NOAUTH Authentication required.'; echo");

        var run = await RunAsync("redis-password", "add", PasswordFile());

        run.ExitCode.Should().Be(1);
        run.Error.Should().Be("Redis takes neither the password that it should have nor the new one. It answers: NOAUTH Authentication required.\n");
    }

    [UnixFact]
    public async Task Redis_that_knows_the_new_password_alone_is_told_by_that_one()
    {
        Client("redis-cli", """cat >"$0.asked"; if [ "$REDISCLI_AUTH" = new ]; then echo OK; else echo NOAUTH; fi""");

        (await RunAsync("redis-password", "add", PasswordFile())).ExitCode.Should().Be(0);

        (await File.ReadAllTextAsync(Path.Combine(root.Path, "bin/redis-cli.asked"))).Should().Be("ACL SETUSER default \">new\"\n");
    }

    [UnixTheory]
    [InlineData("postgres-password", "", "psql", "psql: error: connection to server on socket failed: No such file or directory", 2)]
    [InlineData("rabbitmq-password", "app", "rabbitmqctl", "Error: unable to perform an operation on node 'rabbit@here'.", 69)]
    public async Task The_other_stores_clients_say_it_themselves(string script, string word, string client, string says, int code)
    {
        Client(client, $"cat >/dev/null; echo \"{says}\" >&2; exit {code}");

        var run = await RunAsync(script, word);

        run.ExitCode.Should().Be(code);
        run.Error.Should().Be(says + "\n");
    }

    [UnixTheory]
    [InlineData("postgres-password", "other")]
    [InlineData("rabbitmq-password", "app", "other")]
    public async Task A_word_that_a_script_does_not_know_changes_no_password(string script, params string[] arguments)
    {
        Client("psql", "echo changed");
        Client("rabbitmqctl", "echo changed");

        var run = await RunAsync(script, arguments);

        run.ExitCode.Should().Be(64);
        run.Error.Should().Be($"{script}: There is no 'other'; it is second, check, remove, or nothing.\n");
        run.Output.Should().BeEmpty();
    }

    private string PasswordFile()
    {
        var path = Path.Combine(root.Path, "password");
        File.WriteAllText(path, "old");
        return path;
    }

    private string NewPassword()
    {
        var path = Path.Combine(root.Path, "new-password");
        File.WriteAllText(path, "new");
        return path;
    }

    private void Client(string name, string program)
    {
        var path = Path.Combine(root.Path, "bin", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{program}\n");
        Modes.MakeProgram(path);
    }

    // What lies in /tmp of a container lies in the test's folder. The new password comes from a file: a pipe's writer complains of a reader
    // that ends without reading.
    private Task<Command> RunAsync(string script, params string[] arguments) => Command.RunAsync(
        "sh", ["-c", "sh -c \"$SCRIPT\" \"$@\" <\"$NEW\"", "sh", script, .. arguments], new Dictionary<string, string?>
        {
            ["NEW"] = NewPassword(),
            ["SCRIPT"] = Script.Read(script).Replace("/tmp/", root.Path + "/", StringComparison.Ordinal),
            ["POSTGRES_OWNER"] = "app",
            ["POSTGRES_USER"] = "postgres",
            ["PATH"] = $"{root.Path}/bin:{Environment.GetEnvironmentVariable("PATH")}",
        });
}
