using System.Globalization;
using System.Net;
using Infra.Tests.Support;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>A Postgres of a provider's: no stack knows it, it takes TLS alone, and the application's role is no superuser.</summary>
internal sealed class PostgresElsewhere(string name, string folder, IPAddress address, int port)
{
    /// <summary>Where containers of every network reach this machine, and nobody from outside does.</summary>
    public static async Task<IPAddress> AddressAsync()
        => IPAddress.Parse(await Engine.AskAsync("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}"));

    /// <summary>Starts it, with a database for a role of the same name.</summary>
    public async Task StartAsync(Authority authority, string role, string password)
    {
        var (certificate, key) = authority.Sign(address);
        Directory.CreateDirectory(Path.Combine(folder, "init"));
        foreach (
            var (file, text) in new[]
            {
                ("server.pem", certificate),
                ("server.key", key),
                ("pg_hba.conf", "local all all trust\nhostssl all all all scram-sha-256\n"),
                ("init/role.sql", $"CREATE ROLE {role} LOGIN PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}';\n"
                    + $"CREATE DATABASE {role} OWNER {role};\n"),
            }
        )
            await File.WriteAllTextAsync(Path.Combine(folder, file), text);
        await Engine.AskAsync([
            "run",
            "--detach",
            "--name",
            name,
            // Swept with all else, should the tests be killed.
            "--label",
            $"infra.stack={name}",
            "--publish",
            string.Create(CultureInfo.InvariantCulture, $"{address}:{port}:5432"),
            "--volume",
            $"{folder}:/elsewhere:ro",
            "--volume",
            $"{folder}/init:/docker-entrypoint-initdb.d:ro",
            "--env",
            "POSTGRES_PASSWORD=of-the-provider",
            "--entrypoint",
            "sh",
            "infra-debian/postgres:17",
            "-c",
            "install -o postgres -m 600 /elsewhere/server.key /tmp/ && exec docker-entrypoint.sh postgres -c ssl=on "
                + "-c ssl_cert_file=/elsewhere/server.pem -c ssl_key_file=/tmp/server.key -c hba_file=/elsewhere/pg_hba.conf",
        ]);
        await AnswersAsync();
    }

    /// <summary>Takes it away for a while.</summary>
    public async Task AwayAsync(Func<Task> meanwhile)
    {
        await Engine.AskAsync("stop", name);
        try
        {
            await meanwhile();
        }
        finally
        {
            await Engine.AskAsync("start", name);
        }

        await AnswersAsync();
    }

    public Task RemoveAsync() => Engine.TryAsync("rm", "--force", "--volumes", name);

    private async Task AnswersAsync() =>
        await Eventually.SeesAsync(
            "the database elsewhere",
            TimeSpan.FromSeconds(30),
            () => Engine.TryAsync("exec", name, "pg_isready", "--quiet", "--host", "127.0.0.1"),
            seen => seen.ExitCode == 0,
            async () => (await Engine.TryAsync("logs", name)).ToString()
        );
}
