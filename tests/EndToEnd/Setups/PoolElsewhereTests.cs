using Infra.Components;
using Infra.Model;
using Infra.Tests.EndToEnd.Prod;
using Infra.Tests.Support;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>A pool before a database that runs elsewhere.</summary>
[Collection(PoolCollection.Name)]
public sealed class PoolElsewhereTests(PoolStack stack) : LiveTest<PoolStack>(stack)
{
    private readonly string password = ProdStack.HardPassword("postgres-password");

    private string Pool => Project.Container("pool-elsewhere");

    [EndToEndFact]
    public async Task It_holds_the_database_to_its_providers_certificates()
    {
        var (address, port, authority) = (await PostgresElsewhere.AddressAsync(), Project.FreePort(), new Authority());
        var endpoint = new Endpoint("postgresql", address.ToString(), port) { User = "notes", Password = new Secret("pw"), Path = "/notes" };
        var database = new PostgresElsewhere($"{Project.Label}-elsewhere", Project.PathOf("elsewhere"), address, port);
        try
        {
            await database.StartAsync(authority, "notes", password);

            await StartAsync(endpoint, authority);
            (await AskAsync()).Output.Should().Be("notes|TLSv1.3\n");

            await StartAsync(endpoint, new Authority());
            (await AskAsync()).ExitCode.Should().NotBe(0);
            (await Engine.TryAsync("logs", Pool)).ToString().Should().Contain("TLS handshake error");
        }
        finally
        {
            await database.RemoveAsync();
            await Engine.TryAsync("rm", "--force", Pool);
        }
    }

    private Task<CommandResult> AskAsync() => Engine.TryAsync(
        "exec", "--env", $"PGPASSWORD={password}", "--env", "PGCONNECT_TIMEOUT=5", Pool,
        "psql", "--host", "127.0.0.1", "--port", "6432", "--username", "notes", "--dbname", "notes", "-XAtc",
        "SELECT current_user, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()");

    // As the stack would, with the files of its description.
    private async Task StartAsync(Endpoint endpoint, Authority trusted)
    {
        await Engine.TryAsync("rm", "--force", Pool);
        var spec = PgBouncer.Describe("pool", new PgBouncerArgs
        {
            Database = Postgres.Describe("postgres", new() { Password = new Secret("pw"), User = "notes", Database = "notes" }),
            External = new External("postgres", ServiceRole.Database, endpoint with
            {
                Query = "sslmode=verify-full&sslrootcert=/run/configs/provider.pem",
            })
            {
                Tls = TlsMode.VerifyFull,
                Authority = new ServiceFile("provider.pem", trusted.Certificate),
            },
        });
        var folder = Project.PathOf("behind");
        foreach (var file in spec.Files)
        {
            var path = folder + file.Path;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, file.Content.Render(_ => password).Bytes.ToArray());
        }

        await Engine.AskAsync([
            "run", "--detach", "--name", Pool, "--label", $"infra.stack={Project.Label}", "--read-only", "--cap-drop", "ALL", "--tmpfs", "/tmp",
            "--user", spec.User!, "--volume", $"{folder}/run/secrets:/run/secrets:ro", "--volume", $"{folder}/run/configs:/run/configs:ro",
            .. spec.Environment.SelectMany(variable => (string[])["--env", $"{variable.Key}={variable.Value}"]),
            "--entrypoint", spec.Entrypoint[0], "infra-debian/pgbouncer:1", .. spec.Entrypoint[1..], .. spec.Command,
        ]);
        await Eventually.SeesAsync(
            "the pool", TimeSpan.FromSeconds(10), () => Engine.TryAsync(["exec", Pool, .. spec.Health!.Test]), seen => seen.ExitCode == 0);
    }
}
