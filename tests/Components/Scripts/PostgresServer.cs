using Infra.Components.Programs;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Components.Scripts;

/// <summary>A PostgreSQL server on a socket of its own, and our scripts beside it; root gives way to the user that the server wants.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly TemporaryRoot root = new();

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        Modes.Set(server.root.Path, "777");
        foreach (
            var script in new[] { "postgres-dump", "postgres-restore", "postgres-roles", "postgres-roles-restore", "postgres-password", "backup" }
        )
            // What lies in /tmp of a container lies in the test's folder.
            File.WriteAllText(server.PathOf(script), Script.Read(script).Replace("/tmp/", server.PathOf("tmp-"), StringComparison.Ordinal));
        await server.RunAsync("""
            initdb --auth=trust --username=postgres -D data >/dev/null
            pg_ctl -D data -o "-k $PWD -c listen_addresses='' -c fsync=off" -l log -w start >/dev/null
            psql -Xqd postgres -c 'CREATE ROLE app LOGIN' -c 'CREATE DATABASE app OWNER app'
            """);
        return server;
    }

    public string PathOf(string name) => Path.Combine(root.Path, name);

    /// <summary>What a program of a shell says, which must succeed.</summary>
    public async Task<string> RunAsync(string program)
    {
        var run = await TryAsync(program);
        run.ExitCode.Should().Be(0, "{0} said {1}", program, run.Error);
        return run.Output.Trim();
    }

    public Task<Command> TryAsync(string program)
    {
        var text = $$"""
            set -eu; cd {{root.Path}}
            restore() { sh postgres-restore "$(cat postgres-roles)" "$(cat postgres-dump)" "$@"; }
            sql() { psql -XAtq -v ON_ERROR_STOP=1 -d app "$@"; }
            {{program}}
            """;
        string[] arguments = Environment.UserName == "root" ? ["-u", "postgres", "--", "sh", "-c", text] : ["-c", text];
        return Command.RunAsync(Environment.UserName == "root" ? "runuser" : "sh", arguments, new Dictionary<string, string?>
        {
            ["PATH"] = $"{PostgresFactAttribute.Programs}:{Environment.GetEnvironmentVariable("PATH")}",
            ["PGHOST"] = root.Path,
            ["POSTGRES_USER"] = "postgres",
            ["POSTGRES_DB"] = "app",
            ["POSTGRES_OWNER"] = "app",
            ["PGUSER"] = "postgres",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await TryAsync("pg_ctl -D data -m immediate stop");
        await TryAsync($"find {root.Path} -mindepth 1 -delete");
        root.Dispose();
    }
}
