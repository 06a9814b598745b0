using System.Text.Json.Nodes;
using System.Xml.Linq;
using Infra.Model;
using Infra.Operations.ComposeInput.Differences;
using Infra.Targets.Diagrams;

namespace Infra.Tests.ComposeInput;

/// <summary>What runs differently in a stack than by somebody's Compose files.</summary>
public sealed class DifferenceTests
{
    private static readonly ServiceSpec Today = new("compose:services:postgres", "db")
    {
        Role = ServiceRole.Database,
        Image = PinnedImage.Parse("postgres:16.4"),
        Ports = [new Port(5432, 5432) { Address = "0.0.0.0" }],
        Environment = Variables.From(("POSTGRES_PASSWORD", "hunter2"), ("TZ", "UTC")),
        Logging = null,
    };

    private static readonly ServiceSpec Then = Today with
    {
        Ports = [new Port(5432, 5432)],
        Environment = Variables.From(("POSTGRES_PASSWORD_FILE", "/run/secrets/db-password"), ("TZ", "Europe/Berlin")),
        Memory = Size.MiB(512),
        Health = HealthCheck.Exec("pg_isready"),
        Logging = Logging.Default,
    };

    private static readonly ServiceSpec Nginx = Today with
    {
        Name = "nginx",
        Role = ServiceRole.Proxy,
        WaitsFor = [new Wait("db", WaitCondition.Started)],
    };

    private static readonly ServiceSpec Proxy = Nginx with { Name = "proxy" };

    private static readonly ServiceSpec Same = Today with { Name = "other", Ports = [] };

    private static readonly TopologyDifference Difference = new(Of(Today, Nginx, Same), Of(Then, Proxy, Same));

    [Fact]
    public void Each_service_is_new_gone_changed_or_as_before()
        => Difference.Services.Select(service => (service.Service, service.Becomes)).Should()
            .BeEquivalentTo([("db", Mark.Changed), ("proxy", Mark.New), ("other", (Mark?)null), ("nginx", (Mark?)Mark.Gone)]);

    [Fact]
    public void What_is_different_is_shown_as_it_was_and_as_it_is()
    {
        var changed = Difference.Services.Single(service => service.Service == "db").Aspects;

        changed.Should().BeEquivalentTo(
        [
            new AspectDifference("ports", "0.0.0.0:5432→5432", "127.0.0.1:5432→5432"),
            new AspectDifference("health check", "", "pg_isready (every 10 s)"),
            new AspectDifference("memory", "", "512 MiB"),
            new AspectDifference("log", "", "json-file max-file=3 max-size=10m"),
            new AspectDifference("variables", "POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE"),
            new AspectDifference("values of", "", "TZ"),
        ]);
    }

    [Fact]
    public void No_value_of_a_variable_is_shown()
        => (DifferenceReport.Text(Difference) + DifferenceReport.Markdown(Difference) + DifferenceReport.Json(Difference)).Should()
            .NotContainAny("hunter2", "Europe/Berlin");

    [Fact]
    public void The_text_ends_with_a_count()
        => DifferenceReport.Text(Difference).Should()
            .Contain("nginx  gone\n").And.Contain("  ports             - 0.0.0.0:5432→5432\n                    + 127.0.0.1:5432→5432\n")
            .And.EndWith("shop → shop-dev: 1 service changed, 1 new, 1 gone, 1 as before.\n");

    [Fact]
    public void Programs_read_the_same()
    {
        var written = JsonNode.Parse(DifferenceReport.Json(Difference))!;

        written["services"]!.AsArray().Select(service => $"{service!["service"]} {service["becomes"]}").Should()
            .BeEquivalentTo("db changed", "proxy new", "other as before", "nginx gone");
    }

    [Fact]
    public void The_pictures_have_both_with_what_becomes_of_each()
    {
        var picture = XDocument.Parse(SvgWriter.Write(Difference.Drawn, Difference.Marks));

        picture.Descendants().Attributes("data-mark").Select(mark => $"{mark.Parent!.Attribute("data-service")!.Value} {mark.Value}").Should()
            .BeEquivalentTo("db changed", "proxy new", "nginx gone");
        MermaidWriter.Write(Difference.Drawn, Difference.Marks).Should()
            .Contain("class service_nginx gone_mark").And.Contain("class service_proxy new_mark").And.Contain("class service_db changed_mark");
    }

    [Fact]
    public void A_picture_without_marks_is_what_it_was()
        => SvgWriter.Write(Difference.Is, Difference.Marks.Clear()).Should().Be(SvgWriter.Write(Difference.Is));

    private static Topology Of(params ServiceSpec[] services) => new(new Naming("shop", "dev"), [.. services]);
}
