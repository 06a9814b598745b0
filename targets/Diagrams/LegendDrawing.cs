using System.Xml.Linq;
using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>Draws what the signs mean, of those that are there, in as many lines as they need.</summary>
internal sealed class LegendDrawing(double right, double top)
{
    private const double Line = 24;
    private const double Left = Measures.Margin;
    private readonly List<XElement> drawn = [];
    private double x = Left;
    private double y = top;

    public double Bottom => x > Left ? y + 10 : y + 10 - Line;

    public IEnumerable<XElement> Draw(Plan plan, SharedImages shared, IEnumerable<Mark> marks)
    {
        var services = plan.Topology.Services;
        foreach (var role in services.Select(service => service.Role).Distinct().Order())
            Item(Palette.Word(role), at => Square(at, Palette.Color(role)));
        Break();
        foreach (var condition in plan.Bundles.Select(bundle => bundle.Condition).Distinct().Order())
            Item(
                Meaning(condition),
                at =>
                    Svg.Path(
                        "line " + Palette.Word(condition),
                        $"M{Svg.Number(at - 8)} {Svg.Number(y)}h20",
                        Svg.Is("marker-end", $"url(#head-{Palette.Word(condition)})")
                    ),
                14
            );
        if (plan.Topology.Volumes.Any(volume => volume.HoldsState))
            Item("volume that is kept", at => Svg.Cylinder(at, y, true));
        if (plan.Topology.Volumes.Any(volume => !volume.HoldsState))
            Item("volume that is thrown away", at => Svg.Cylinder(at, y, false));
        if (services.Any(service => service.Ports.Any(port => port.IsLoopback)))
            Item("port for this machine", at => Svg.Rect("port", at - 8, y - 6, 18, 12, 6), 8);
        if (services.Any(service => service.Ports.Any(port => !port.IsLoopback)))
            Item("port open to everyone", at => Svg.Rect("port open", at - 8, y - 6, 18, 12, 6), 8);
        foreach (var (image, users) in shared.All)
            Item(
                $"image {image.Name}, built once from {image.DockerfilePath} for {Counted.Of(users.Length, "service")}",
                at => Square(at, shared.Swatch(image)!)
            );
        Break();
        foreach (var mark in marks.Distinct().Order())
            Item(Palette.Word(mark), at => Square(at, Palette.Color(mark)));
        Break();
        foreach (var note in plan.Notes) Item(note, at => Square(at, "#c22f2f"));
        return drawn;
    }

    private static string Meaning(WaitCondition condition) => condition switch
    {
        WaitCondition.Healthy => "starts once the other is healthy",
        WaitCondition.Completed => "starts once the other has completed",
        _ => "starts once the other has started",
    };

    private void Item(string text, Func<double, XElement> sign, double more = 0)
    {
        var shown = TextFit.Cut(text, right - Left - 30, 11.5);
        var width = 22 + more + TextFit.Width(shown, 11.5);
        if (x > Left && x + width > right) Break();
        drawn.Add(sign(x + 8));
        drawn.Add(Svg.Text("key", x + 22 + more, y + 4, shown));
        x += width + 22;
    }

    private void Break()
    {
        if (x > Left) y += Line;
        x = Left;
    }

    private XElement Square(double at, string colour) => Svg.Element(
        "rect", Svg.Is("x", at - 6), Svg.Is("y", y - 6), Svg.Is("width", 12), Svg.Is("height", 12), Svg.Is("rx", 3), Svg.Is("fill", colour));
}
