using System.Text.Json.Nodes;
using Infra.Operations.Backups;
using Infra.Tests.Support;

namespace Infra.Tests.Components.Scripts;

/// <summary>The scripts of Postgres' backups, on a real server.</summary>
public sealed class PostgresScriptsTests
{
    // A table's name may hold what breaks a line, a column and a JSON string.
    private const string Odd = "CREATE TABLE \"we\tird\"\"\\q\nx\" (id int); ";

    [PostgresFact]
    public async Task While_a_password_is_rotated_other_roles_act_as_those_that_have_it_and_leave_nothing()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.RunAsync("""
            sql -c 'CREATE ROLE infra_backup LOGIN BYPASSRLS' -c 'ALTER ROLE infra_backup SET default_transaction_read_only = on' \
                -c 'CREATE ROLE infra_monitor LOGIN' -c "ALTER ROLE app SET work_mem = '9MB'" \
                -c "ALTER ROLE app IN DATABASE app SET timezone = 'America/Bogota'" -c "ALTER ROLE app PASSWORD 'old'"
            sql -c "SELECT rolpassword FROM pg_authid WHERE rolname = 'app'" >before
            for time in once again; do printf "it's new" | sh postgres-password second; done
            """);

        (
            await server.RunAsync(
                "sql -U infra_owner_next -c 'SELECT current_user' -c 'SHOW work_mem' -c 'SHOW timezone' "
                    + "-c 'CREATE TABLE made AS SELECT 1' -c 'SELECT tableowner FROM pg_tables WHERE tablename = $$made$$'"
            )
        )
            .Should()
            .Be("app\n9MB\nAmerica/Bogota\napp");
        (
            await server.RunAsync(
                "sql -U infra_backup_next -c 'SHOW default_transaction_read_only' -c 'SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user'"
            )
        )
            .Should()
            .Be("on\nt");
        (await server.RunAsync("sql -U infra_monitor_next -c 'SELECT current_user'")).Should().Be("infra_monitor");
        (
            await server.RunAsync(
                "sql -c \"SELECT rolpassword FROM pg_authid WHERE rolname = 'app'\" | cmp - before; "
                    + "sh postgres-roles | grep -v '^-- User Config' | grep -c _next || true"
            )
        )
            .Should()
            .Be("0", "the old password holds meanwhile, and a backup is none of theirs");

        await server.RunAsync("""
            sql -U infra_owner_next -c 'SET ROLE NONE' -c 'CREATE TABLE own AS SELECT 1'
            for time in once again; do printf "it's new" | sh postgres-password remove; done
            """);

        (
            await server.RunAsync(
                "sql -c \"SELECT count(*) FROM pg_roles WHERE rolname LIKE '%\\_next'\" "
                    + "-c \"SELECT tableowner FROM pg_tables WHERE tablename = 'own'\""
            )
        )
            .Should()
            .Be("0\napp");
    }

    [PostgresFact]
    public async Task Roles_settings_and_privileges_come_back_and_todays_password_stays()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.RunAsync($$"""
            sql <<'SQL'
            CREATE ROLE "re porting" LOGIN PASSWORD 'secret'; CREATE TABLE orders AS SELECT generate_series(1, 7) AS id;
            {{Odd}}
            GRANT SELECT ON orders TO "re porting"; ALTER DATABASE app SET timezone = 'America/Bogota';
            ALTER DATABASE app SET search_path = "$user", public; ALTER ROLE app IN DATABASE app SET work_mem = '5MB';
            REVOKE CONNECT ON DATABASE app FROM PUBLIC; GRANT CONNECT ON DATABASE app TO "re porting";
            SQL
            sh postgres-dump >dump 2>rows; sh postgres-roles >roles
            sql -c 'DROP OWNED BY "re porting"' -c 'REVOKE ALL ON DATABASE app FROM "re porting"' -c 'DROP ROLE "re porting"' \
                -c 'ALTER DATABASE app RESET timezone' -c 'CREATE TABLE later (id int)' -c "ALTER ROLE app PASSWORD 'today'" \
                -c "SELECT rolpassword FROM pg_authid WHERE rolname = 'app'" >today
            """);

        var prepared = await server.TryAsync("sh postgres-roles-restore prepare <roles; restore prepare <dump");
        prepared.ExitCode.Should().Be(0, prepared.Error);
        prepared.Error.Should().Contain(await File.ReadAllTextAsync(server.PathOf("rows")), "the rows are counted as they were dumped");
        await server.RunAsync("restore commit");

        (
            await server.RunAsync(
                "sql -c 'SHOW timezone' -c 'SHOW search_path' -c 'SELECT count(*) FROM orders' -c \"SELECT to_regclass('later') IS NULL\""
            )
        )
            .Should()
            .Be("America/Bogota\n\"$user\", public\n7\nt");
        (
            await server.RunAsync(
                "sql -c \"SELECT has_database_privilege('re porting', 'app', 'CONNECT'), "
                    + "pg_get_userbyid(datdba), datallowconn FROM pg_database WHERE datname = 'app'\""
            )
        )
            .Should()
            .Be("t|app|t");
        (await server.RunAsync("sql -c \"SELECT rolpassword FROM pg_authid WHERE rolname = 'app'\" | cmp - today")).Should().BeEmpty();
    }

    [PostgresFact]
    public async Task What_cannot_be_restored_leaves_the_database_its_settings_and_the_roles_as_they_were()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.RunAsync("""
            sql -c 'CREATE TABLE orders AS SELECT 1 AS id' -c "ALTER DATABASE app SET timezone = 'America/Bogota'" \
                -c 'CREATE ROLE other' -c 'GRANT SELECT ON orders TO other'
            sh postgres-dump >dump 2>rows; sh postgres-roles >roles; head -c 1500 dump >cut
            sql -c 'DROP OWNED BY other' -c 'DROP ROLE other'
            """);

        (await server.TryAsync("restore prepare <dump")).Error.Should().Contain("role \"other\" does not exist");
        (await server.TryAsync("sh postgres-roles-restore prepare <roles; restore prepare <cut")).ExitCode.Should().NotBe(0);

        (
            await server.RunAsync(
                "sql -c 'SHOW timezone' -c 'SELECT count(*) FROM pg_database' -c \"SELECT count(*) FROM pg_roles WHERE rolname = 'other'\""
            )
        )
            .Should()
            .Be("America/Bogota\n4\n0");
    }

    [PostgresFact]
    public async Task A_backup_without_roles_keeps_the_settings_that_are_there()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.RunAsync(
            "sh postgres-dump >dump 2>rows; sql -c \"ALTER DATABASE app SET timezone = 'America/Bogota'\"; restore prepare <dump; restore commit"
        );

        (await server.RunAsync("sql -c 'SHOW timezone'")).Should().Be("America/Bogota");
    }

    [PostgresFact]
    public async Task What_an_earlier_restore_has_left_of_its_roles_is_dropped_with_the_database_that_asks_for_them()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.RunAsync("""
            sql -c 'CREATE ROLE stale'; sh postgres-roles >roles; sql -c 'DROP ROLE stale'; sh postgres-dump >dump 2>rows
            sh postgres-roles-restore prepare <roles
            restore drop; restore prepare <dump; restore commit
            """);

        (await server.RunAsync("sql -c \"SELECT count(*) FROM pg_roles WHERE rolname = 'stale'\"")).Should().Be("0");
    }

    // The client of the commit is gone, as after Ctrl-C, and the commit goes on in the container.
    [PostgresFact]
    public async Task An_undo_and_a_commit_never_overtake_each_other()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.RunAsync("""
            sql -c 'CREATE TABLE orders AS SELECT 1 AS id'; sh postgres-dump >dump 2>rows
            sql -c 'INSERT INTO orders VALUES (2)'; restore prepare <dump
            mkfifo go; mkdir bin
            printf '#!/bin/sh\nread -r _ <go; PATH=${PATH#*:} exec dropdb "$@"\n' >bin/dropdb; chmod +x bin/dropdb
            """);

        // The undo has looked, and is about to drop what was prepared; it is held there until the commit has had its time.
        var result = await server.RunAsync("""
            (PATH=$PWD/bin:$PATH; restore undo) & undo=$!
            exec 8>go
            timeout 2 sh postgres-restore '' '' commit >/dev/null 2>&1 || true
            echo now >&8; wait $undo && echo undone
            """);

        result.Should().Be("undone");
        (await server.RunAsync("sql -c 'SELECT count(*) FROM orders'")).Should().Be("2", "what is said to be undone is as it was");
    }

    [PostgresFact]
    public async Task A_commit_of_what_is_dropped_meanwhile_lets_everybody_into_the_database_again()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.RunAsync("sh postgres-dump >dump 2>rows; restore prepare <dump; dropdb app_restored");

        (await server.TryAsync("restore commit")).ExitCode.Should().NotBe(0);

        (await server.RunAsync("sql -c 'SELECT current_database()'")).Should().Be("app");
    }

    [PostgresFact]
    public async Task What_has_taken_its_place_already_is_not_said_to_be_put_back()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.RunAsync("sh postgres-dump >dump 2>rows; restore prepare <dump; restore commit");

        var undone = await server.TryAsync("restore undo");

        undone.ExitCode.Should().Be(1);
        undone.Error.Should().Contain("app_restored: There is no such database any more; it may have taken its place already.");
        (await server.RunAsync("restore prepare <dump; restore undo; restore drop; sql -c 'SELECT count(*) FROM pg_database'")).Should().Be("4");
        await server.RunAsync("restore prepare <dump; pg_ctl -D data -m immediate stop >stopped");
        foreach (var step in new[] { "undo", "drop" })
            (await server.TryAsync($"restore {step}")).ExitCode.Should().NotBe(0, "the server does not run");
    }

    [PostgresFact]
    public async Task The_scheduled_backup_writes_a_manifest_that_is_read_whatever_the_tables_are_called()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.RunAsync($"sql <<'SQL'\n{Odd}\nSQL\nmkdir kept; {Scheduled("take")}");

        var text = await server.RunAsync("cat kept/2*/manifest.json");
        var manifest = Manifest.Parse(text)!;
        manifest.Stack.Should().Be("shop\"prod");
        manifest.Parts.Select(part => part.File).Should().Equal("postgres-roles.sql", "postgres.dump");
        manifest.Parts[1].Rows!.Keys.Should().Equal("public.we\tird\"\\q\nx");
        JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(manifest.ToString())).Should().BeTrue("the command line writes the same: {0}", text);
    }

    [PostgresFact]
    public async Task A_dump_that_cannot_be_read_is_not_kept_and_a_clock_in_the_future_counts_as_none()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.RunAsync(
            "mkdir -p kept/20990101T000000Z kept/20250101T000000Z; for kept in kept/*; do echo {} >$kept/manifest.json; done; "
                + "touch -d 2099-01-01 kept/2099*/manifest.json; touch -d 2025-01-01 kept/2025*/manifest.json"
        );

        (
            await server.TryAsync(
                "echo 'sh postgres-dump | head -c 700' >cut; " + Scheduled("take").Replace("BACKUP_DUMP=postgres-dump", "BACKUP_DUMP=cut")
            )
        )
            .ExitCode.Should()
            .NotBe(0);
        (await server.RunAsync("ls kept")).Should().Be("20250101T000000Z\n20990101T000000Z");

        (await server.RunAsync(Scheduled("newest"))).Should().Be(await server.RunAsync("date -d 2025-01-01 +%s"));
        await server.RunAsync($"{Scheduled("take")}; {Scheduled("rotate")}");
        (await server.RunAsync("ls kept"))
            .Should()
            .NotContain("2099")
            .And.Contain("20250101T000000Z", "two are kept, and the one of a wrong clock goes first");
    }

    private static string Scheduled(string step) =>
        "BACKUP_DUMP=postgres-dump BACKUP_AT=03:00 BACKUP_FILE=postgres.dump BACKUP_FOLDER=$PWD/kept "
        + "BACKUP_KEEP=2 BACKUP_NAME=postgres BACKUP_PASSWORD_FILE=/dev/null BACKUP_ROLES=postgres-roles "
        + $"BACKUP_ROLES_FILE=postgres-roles.sql BACKUP_STACK='shop\"prod' PGDATABASE=app sh backup {step}";
}
