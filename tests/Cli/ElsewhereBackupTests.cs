using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>A stack whose only data are in a database that runs elsewhere, which its backup service dumps.</summary>
public sealed class ElsewhereBackupTests : IDisposable
{
    private const string Manifest =
        """{"stack":"shop-prod","taken":"2025-01-02T00:00:00+00:00","parts":[{"name":"postgres","file":"postgres.dump","""
        + """ "image":"PostgreSQL 17","bytes":4,"""
        + """ "sha256":"0000000000000000000000000000000000000000000000000000000000000000","rows":{"public.orders":3}}]}""";

    private readonly CommandLineRun run = new(
        FakeShell.WithEngine().Running(FakeContainers.Container("backup")).On("docker exec id-backup", Manifest + "\n")
    );

    public ElsewhereBackupTests()
    {
        run.Write(".secrets/prod/postgres-password", "given");
        run.WriteExactly(
            "Pulumi.prod.yaml",
            """
            config:
              infra:environment: prod
              infra:app: { environment: { DATABASE_URL: "{postgres.url}" } }
              infra:services:
                postgres: { external: { host: db.example.com }, backup: true }
                web: { command: uvicorn shop.main:app, port: 8000, metrics: "" }
              infra:proxy: { enabled: false }
              infra:monitoring: { enabled: false }
            """
        );
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Its_dumps_are_listed()
    {
        (await run.RunAsync("backup", "prod", "--list")).Should().Be(0, run.Error);

        run.Out.Should().Be("service:20250102T000000Z  4 bytes  postgres (3 rows)\n");
    }

    [Fact]
    public async Task A_backup_of_the_stack_says_where_the_dumps_are() => await run.RefusesAsync(
        "shop-prod: Nothing of it holds data that could be backed up. Its database runs elsewhere: "
            + "'./infra.sh backup prod --list' shows what the service 'backup' has dumped of it.",
        "backup",
        "prod"
    );
}
