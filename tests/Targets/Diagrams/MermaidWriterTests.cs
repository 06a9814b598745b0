using Infra.Model;
using Infra.Targets.Diagrams;
using Infra.Tests.Support;

namespace Infra.Tests.Targets.Diagrams;

public sealed class MermaidWriterTests
{
    [Fact]
    public void Writes_services_waits_volumes_ports_and_shared_images()
    {
        var topology = Specs.Topology(
            Specs.Store("db", ServiceRole.Database),
            Specs.Web().Waits(new Wait("db")) with { Ports = [new Port(8000, 8001)] },
            Specs.Worker().Waits(new Wait("db", WaitCondition.Started)));

        MermaidWriter.Write(topology).Should().Be("""
            flowchart LR
                service_db["<b>db</b><br/>example/db:1.2.3<br/>256 MiB · 0.5 cores"]
                service_web["<b>web</b><br/>app, built here<br/>256 MiB · 0.5 cores"]
                service_worker["<b>worker</b><br/>app, built here<br/>256 MiB · 0.5 cores"]
                service_db -->|healthy| service_web
                service_db -->|started| service_worker
                volume_db[("db")]
                service_db --- volume_db
                port_127_0_0_1_8001(["you / 127.0.0.1:8001"]) -->|8000| service_web
                image_app[["image app, built once from app/Dockerfile"]]
                image_app -.- service_web
                image_app -.- service_worker
                classDef database_role fill:#2f6fb2,stroke:#2f6fb2,color:#ffffff
                class service_db database_role
                classDef web_role fill:#2c8352,stroke:#2c8352,color:#ffffff
                class service_web web_role
                classDef worker_role fill:#7650a8,stroke:#7650a8,color:#ffffff
                class service_worker worker_role

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Says_what_a_volume_that_is_taken_over_is_called_elsewhere()
        => MermaidWriter.Write(Specs.Topology(Specs.Web() with { Mounts = [new VolumeMount(new Volume("data") { Existing = "old_data" }, "/d")] }))
            .Should().Contain("volume_data[(\"data<br/>old_data\")]");

    [Fact]
    public void Says_how_many_there_are_of_a_service()
        => MermaidWriter.Write(Specs.Topology(Specs.Web() with { Replicas = 3 }, Specs.Worker() with { Replicas = 1 }))
            .Should().Contain("<b>web ×3</b>").And.Contain("<b>worker</b>");

    [Fact]
    public void Groups_services_by_network_when_there_are_several()
    {
        var topology = Specs.Topology(Specs.Web().On(new("edge"), new("data")), Specs.Service("db").On(new Network("data")));

        MermaidWriter.Write(topology).Should().Contain("""
                subgraph network_data["network data"]
                    service_db["<b>db</b><br/>example/db:1.2.3<br/>256 MiB · 0.5 cores"]
                end
                subgraph network_edge["network edge"]
                    service_web["<b>web</b><br/>app, built here<br/>256 MiB · 0.5 cores<br/>also on data"]
                end
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Escapes_odd_names_and_keeps_their_ids_apart()
    {
        var text = MermaidWriter.Write(Specs.Topology(Specs.Service("a-b"), Specs.Service("a_b"), Specs.Service("\"<#")));

        text.Should().Contain("service_a_b[").And.Contain("service_a_b_2[").And.Contain("service____[\"<b>#34;#60;#35;</b>");
    }

    [Fact]
    public void Writes_forty_services_the_same_each_time()
        => MermaidWriter.Write(SampleTopologies.Many(40)).Should().Be(MermaidWriter.Write(SampleTopologies.Many(40)));
}
