using Infra.Components;
using Infra.Model;

namespace Infra.Tests.EndToEnd;

/// <summary>Who may do what in the database.</summary>
public sealed class PostgresRolesTests(DevStack stack) : EndToEndTest(stack)
{
    [EndToEndFact]
    public async Task The_application_owns_its_database_and_cannot_leave_it()
    {
        (await AppAsync("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).Output.Should().Be("f\n");
        (await AppAsync("SELECT pg_read_file('/run/secrets/postgres-password')")).Error.Should().Contain("permission denied");
        (await AppAsync("COPY (SELECT 1) TO PROGRAM 'id'")).Error.Should().Contain("permission denied");
        (await AppAsync("BEGIN; CREATE EXTENSION hstore; CREATE SCHEMA mine; CREATE TABLE mine.things (id int); ROLLBACK")).ExitCode.Should().Be(0);
        (await TcpAsync(Project.Container("postgres"), "postgres", Project.Secret("postgres-password"), "SELECT 1"))
            .Error.Should()
            .Contain("authentication failed");
    }

    [EndToEndFact]
    public async Task A_volume_on_which_the_application_was_the_superuser_is_taken_over_and_keeps_its_rows()
    {
        var name = Project.Container("older");
        var folder = Directory.CreateDirectory(Project.PathOf("older")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "pw"), "of-old\n");
        try
        {
            await StartAsync(name, folder, ["--env", "POSTGRES_USER=app"], ["postgres"]);
            await SuperuserAsync(name, "app", OlderData);
            await Engine.AskAsync("kill", name);
            await Engine.AskAsync("rm", name);
            await File.WriteAllTextAsync(Path.Combine(folder, "pw"), "it's new\n");

            var spec = Postgres.Describe("postgres", new() { Password = new Secret("pw") });
            await File.WriteAllTextAsync(Path.Combine(folder, "postgres-start.sh"), spec.Files.Single(file => !file.IsSecret).Content.ToString());
            foreach (var time in new[] { "taken over", "started again" })
            {
                if (time == "taken over")
                    await StartAsync(
                        name,
                        folder,
                        ["--env", "POSTGRES_USER=postgres", "--env", "POSTGRES_OWNER=app"],
                        ["sh", "/pw/postgres-start.sh"]
                    );
                else
                    await LosePowerAtARestoresSwapAsync(name);
                await ReadyAsync(name);
                await HoldsAsync(name, time);
            }
        }
        finally
        {
            await Engine.TryAsync("rm", "--force", name);
            await Engine.TryAsync("volume", "rm", "--force", name);
        }
    }

    private static async Task LosePowerAtARestoresSwapAsync(string name)
    {
        await Engine.AskAsync("exec", name, "psql", "-U", "postgres", "-d", "template1", "-Atqc", "ALTER DATABASE app ALLOW_CONNECTIONS false");
        await Engine.AskAsync("kill", name);
        await Engine.AskAsync("start", name);
    }

    private const string OlderData = """
        CREATE ROLE reporting; CREATE ROLE clerk; GRANT app TO clerk; ALTER ROLE app SET work_mem = '9MB';
        CREATE SCHEMA sales; CREATE TYPE sales.state AS ENUM ('open', 'done');
        CREATE TABLE sales.orders (id serial PRIMARY KEY, number int GENERATED ALWAYS AS IDENTITY, state sales.state);
        INSERT INTO sales.orders (state) SELECT 'open' FROM generate_series(1, 1000);
        CREATE TABLE days (day date) PARTITION BY RANGE (day); CREATE TABLE day1 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2026-01-02');
        CREATE VIEW sales.done AS SELECT * FROM sales.orders WHERE state = 'done'; CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE AGGREGATE many(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0'); CREATE EXTENSION hstore;
        ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reporting;
        CREATE SCHEMA other AUTHORIZATION reporting; CREATE TABLE other.notes (id int); ALTER TABLE other.notes OWNER TO reporting;
        """;

    private const string LeftToTheSuperuser = """
        SELECT count(*) FROM (SELECT 'pg_class'::regclass AS class, oid FROM pg_class WHERE relowner = 10 AND relkind IN ('r', 'p', 'v', 'S')
            UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typowner = 10
            UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE proowner = 10) o
        WHERE oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype = 'e')
        """;

    private static async Task HoldsAsync(string name, string because)
    {
        (await SuperuserAsync(name, "postgres", LeftToTheSuperuser)).Should().Be("0", because);
        (await SuperuserAsync(name, "postgres", "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles WHERE rolsuper"))
            .Should()
            .Be("postgres", because);
        (await TcpAsync(name, "app", "it's new", "SELECT count(*) FROM sales.orders; SHOW work_mem; SELECT count(*) FROM other.notes"))
            .Output.Should()
            .Be("1000\n9MB\n0\n", because);
        (
            await TcpAsync(
                name,
                "app",
                "it's new",
                "BEGIN; DROP TABLE days; ALTER TYPE sales.state RENAME TO status; CREATE TABLE fresh (id int); "
                    + "SELECT has_table_privilege('reporting', 'fresh', 'SELECT'); ROLLBACK"
            )
        )
            .Output.Should()
            .Contain("t\n", because);
        (await TcpAsync(name, "app", "of-old", "SELECT 1")).Error.Should().Contain("authentication failed", because);
        (await TcpAsync(name, "infra_monitor", "it's new", "SELECT count(*) > 0 FROM pg_ls_waldir()")).Output.Should().Be("t\n", because);
        (await TcpAsync(name, "infra_monitor", "it's new", "SELECT * FROM sales.orders")).Error.Should().Contain("permission denied", because);
        (await TcpAsync(name, "infra_backup", "it's new", "SELECT count(*) FROM sales.orders")).Output.Should().Be("1000\n", because);
        (await TcpAsync(name, "infra_backup", "it's new", "DELETE FROM sales.orders")).Error.Should().Contain("read-only transaction", because);
    }

    private static async Task StartAsync(string name, string folder, string[] options, string[] command)
    {
        await Engine.AskAsync([
            "run",
            "--detach",
            "--name",
            name,
            "--user",
            "postgres",
            "--cap-drop",
            "ALL",
            "--read-only",
            "--tmpfs",
            "/tmp",
            "--tmpfs",
            "/var/run/postgresql",
            "--volume",
            $"{name}:/var/lib/postgresql/data",
            "--volume",
            $"{folder}:/pw:ro",
            "--env",
            "POSTGRES_DB=app",
            "--env",
            "POSTGRES_PASSWORD_FILE=/pw/pw",
            .. options,
            "infra-debian/postgres:17",
            .. command,
        ]);
        await ReadyAsync(name);
    }

    private static Task<int> ReadyAsync(string name) => Eventually.SeesAsync($"{name} ready", TimeSpan.FromSeconds(60),
        async () => (await Engine.TryAsync("exec", name, "pg_isready", "-q", "-h", "127.0.0.1")).ExitCode, code => code == 0,
        async () => (await Engine.TryAsync("logs", name)).ToString(), TimeSpan.FromMilliseconds(100));

    private static Task<string> SuperuserAsync(string name, string user, string statement)
        => Engine.AskAsync("exec", name, "psql", "-v", "ON_ERROR_STOP=1", "-U", user, "-d", "app", "-Atqc", statement);

    // By its own address, not the loopback one: the image trusts that.
    private static Task<CommandResult> TcpAsync(string name, string user, string password, string statement) =>
        Engine.TryAsync(
            "exec",
            "--env",
            $"PGPASSWORD={password}",
            name,
            "sh",
            "-c",
            "psql -h \"$(hostname -i)\" -U \"$1\" -d app -Atqc \"$2\"",
            "sh",
            user,
            statement
        );

    private Task<CommandResult> AppAsync(string statement) =>
        TcpAsync(Project.Container("postgres"), "app", Project.Secret("postgres-password"), statement);
}
