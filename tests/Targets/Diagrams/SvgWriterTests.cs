using Infra.Model;
using Infra.Targets.Diagrams;
using Infra.Tests.Support;

namespace Infra.Tests.Targets.Diagrams;

public sealed class SvgWriterTests
{
    private static readonly Topology[] Samples = [SampleTopologies.Development, SampleTopologies.Fifteen, SampleTopologies.Many(40)];

    public static TheoryData<int> Sample => [0, 1, 2];

    [Theory, MemberData(nameof(Sample))]
    public void Shows_every_service_volume_and_port(int sample)
    {
        var topology = Samples[sample];

        var picture = new Picture(topology);

        picture.Boxes.Select(box => box.Service).Should().BeEquivalentTo(topology.Services.Select(service => service.Name));
        picture
            .WithClass("cylinder")
            .Select(volume => (string?)volume.Attribute("data-volume"))
            .OfType<string>()
            .Distinct()
            .Should()
            .BeEquivalentTo(topology.Volumes.Select(volume => volume.Name));
        picture
            .Texts.Should()
            .Contain(topology.Services.SelectMany(service => service.Ports).Select(port => $"{port.Address}:{port.Host} → {port.Container}"));
    }

    [Theory, MemberData(nameof(Sample))]
    public void Shows_every_wait_and_no_other(int sample)
    {
        var topology = Samples[sample];

        var drawn = from bundle in new Picture(topology).WithClass("wait")
                    from source in ((string)bundle.Attribute("data-from")!).Split(' ')
                    from target in ((string)bundle.Attribute("data-to")!).Split(' ')
                    select $"{source} {bundle.Attribute("data-condition")!.Value} {target}";

        drawn.Should().BeEquivalentTo(
            from service in topology.Services
            from wait in service.WaitsFor.Distinct()
            select $"{wait.Service} {wait.Condition.ToString().ToLowerInvariant()} {service.Name}");
    }

    [Theory, MemberData(nameof(Sample))]
    public void Overlaps_no_boxes(int sample)
    {
        var boxes = new Picture(Samples[sample]).Boxes;

        boxes.Where((box, index) => boxes.Take(index).Any(box.Overlaps)).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Sample))]
    public void Ends_every_arrow_at_its_box(int sample)
    {
        var picture = new Picture(Samples[sample]);
        var boxes = picture.Boxes.ToDictionary(box => box.Service);

        foreach (var arrow in picture.WithClass("arrow"))
        {
            var box = boxes[(string)arrow.Attribute("data-to")!];
            var (x, y) = Picture.End(arrow);

            x.Should().BeApproximately(box.X, 2);
            y.Should().BeInRange(box.Y, box.Y + box.Height);
        }
    }

    [Theory, MemberData(nameof(Sample))]
    public void Keeps_everything_inside_the_paper(int sample)
    {
        var picture = new Picture(Samples[sample]);
        var (width, height) = (Picture.Number(picture.Root, "width"), Picture.Number(picture.Root, "height"));

        foreach (var text in picture.Root.Descendants().Where(element => element.Name.LocalName == "text"))
        {
            var reach = text.Value.Length * 6.4 * ((string?)text.Attribute("text-anchor") switch { "end" => 0, "middle" => 0.5, _ => 0.9 });
            (Picture.Number(text, "x") + reach).Should().BeLessThanOrEqualTo(width, text.Value);
            Picture.Number(text, "y").Should().BeInRange(0, height, text.Value);
        }

        picture.Boxes.Should().OnlyContain(box => box.X >= 0 && box.X + box.Width <= width && box.Y + box.Height <= height);
    }

    [Fact]
    public void Is_the_same_each_time()
        => SvgWriter.Write(SampleTopologies.Fifteen).Should().Be(SvgWriter.Write(SampleTopologies.Fifteen));

    [Fact]
    public void Draws_a_thousand_services_in_less_than_two_seconds()
    {
        var topology = SampleTopologies.Many(1000);

        ThreadTime.Of(() => SvgWriter.Write(topology)).Should().BeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Names_what_a_service_uses_elsewhere()
        => new Picture(Specs.Topology(Specs.Web() with
        {
            Externals = [new External("postgres", ServiceRole.Database, new Endpoint("postgresql", "db.lan", 5432)) { Tls = TlsMode.Disable }],
        })).Texts.Should().Contain("uses").And.Contain("postgres, db.lan:5432");

    [Fact]
    public void Escapes_odd_names()
    {
        var odd = "<a href=\"x\">&'\u0001\n日本";

        var picture = new Picture(Specs.Topology(Specs.Service(odd), Specs.Web().Waits(new Wait(odd))));

        picture.Boxes.Should().HaveCount(2);
        picture.Texts.Should().Contain("<a href=\"x\">&'\uFFFD 日本");
    }

    [Fact]
    public void Says_in_words_which_waits_cannot_be_drawn()
    {
        var picture = new Picture(Specs.Topology(Specs.Worker().Waits(new Wait("beat")), Specs.Beat().Waits(new("worker"), new("nobody"))));

        picture.Texts.Should().Contain(["worker waits for beat in a circle", "beat waits for nobody, which is not there"]);
    }

    [Fact]
    public void Draws_nothing_as_an_empty_page() => new Picture(Specs.Topology()).Boxes.Should().BeEmpty();

    [Fact]
    public void Tells_its_content_to_those_who_cannot_see_it()
    {
        var root = new Picture(Specs.Topology(Specs.Service("db"), Specs.Web().Waits(new Wait("db")))).Root;

        root.Elements()
            .Take(2)
            .Select(element => element.Value)
            .Should()
            .Equal("The services of shop-test", "db starts immediately. web starts when db is healthy.");
    }
}
