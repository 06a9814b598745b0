using Infra.Model;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Topologies;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.ComposeInput;

/// <summary>Somebody else's Compose files, read by Compose's own client, which needs no engine.</summary>
public sealed class ComposeReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [ComposeFact]
    public async Task A_service_is_read_with_what_the_engine_is_told_of_it()
    {
        var db = (await ReadAsync("""
            services:
              db:
                image: postgres:16.4
                environment: { POSTGRES_PASSWORD: "a$$b" }
                volumes: [data:/var/lib/postgresql/data, ./init:/docker-entrypoint-initdb.d:ro]
                ports: ["5432:5432", "127.0.0.1:5433:5433"]
                healthcheck: { test: pg_isready, interval: 1m30s }
                deploy: { resources: { limits: { memory: 512m, cpus: "0.5", pids: 100 } } }
                restart: on-failure:3
                stop_grace_period: 1m
            volumes: { data: }
            """)).Find("db")!;

        db.Role.Should().Be(ServiceRole.Database);
        db.Environment["POSTGRES_PASSWORD"].ToString().Should().Be("a$b");
        db.Mounts.Should().Equal(
            new VolumeMount(new Volume("data"), "/var/lib/postgresql/data"), new BindMount("init", "/docker-entrypoint-initdb.d", ReadOnly: true)
        );
        db.Ports.Should().Equal(new Port(5432, 5432) { Address = "0.0.0.0" }, new Port(5433, 5433));
        db.Health!.Test.Should().Equal("sh", "-c", "pg_isready");
        db.Health.Interval.Should().Be(TimeSpan.FromSeconds(90));
        (db.Memory, db.Cpus, db.Pids).Should().Be((Size.MiB(512), Cpu.Cores(0.5m), 100));
        db.Restart.Should().Be(RestartPolicy.OnFailure(3));
        db.StopGrace.Should().Be(TimeSpan.FromMinutes(1));
        (db.Logging, db.NoNewPrivileges).Should().Be((null, false));
    }

    [ComposeFact]
    public async Task What_is_merged_from_two_files_and_an_anchor_stands_where_it_was_said_last()
    {
        folder.Write("compose.yaml", """
            x-app: &app
              image: shop:1.2.3
              restart: always
            services:
              web:
                <<: *app
                ports: ["8000:8000"]
            """);
        folder.Write("compose.override.yaml", """
            services:
              web:
                ports: ["9000:9000"]
            """);

        var application = await ComposeReader.ReadAsync(new Shell(folder.Path), ComposeSource.Find([folder.Path]));

        application.Lines.Find("services", "web", "ports").Should().Be(new SourceLine(folder.PathOf("compose.override.yaml"), 3, 5));
        application.Lines.Find("services", "web", "restart").Should().Be(new SourceLine(folder.PathOf("compose.yaml"), 3, 3));
        application.Find("web")!.Items("ports").Should().HaveCount(2);
    }

    [ComposeFact]
    public async Task What_Compose_does_not_accept_is_told_in_its_own_words()
    {
        folder.Write("compose.yaml", "services: { web: { image: shop, prots: [80] } }");

        var reading = () => ComposeReader.ReadAsync(new Shell(folder.Path), ComposeSource.Find([folder.Path]));

        (await reading.Should().ThrowAsync<UserErrorException>()).Which.Message.Should().Contain("prots").And.Contain("does not accept compose.yaml");
    }

    [Fact]
    public void Each_path_that_leads_nowhere_is_named()
    {
        var finding = () => ComposeSource.Find([folder.Path, folder.PathOf("no.yaml")]);

        finding.Should().Throw<UserErrorException>().Which.Message.Should()
            .Contain("There is no Compose file in this folder").And.Contain("no.yaml: There is no such file");
    }

    private async Task<Topology> ReadAsync(string file)
    {
        folder.Write("compose.yaml", file);
        return new TopologyReader(await ComposeReader.ReadAsync(new Shell(folder.Path), ComposeSource.Find([folder.Path]))).Read();
    }
}
