using System.Xml.Linq;
using Infra.Model;
using static Infra.Targets.Diagrams.Measures;

namespace Infra.Targets.Diagrams;

/// <summary>Draws a topology as a picture for a README: columns in start order, bands for networks, no outside program.</summary>
public static class SvgWriter
{
    private const double LeastWidth = 640;

    /// <summary>The picture as an SVG document, the same for the same topology, readable on light and dark pages.</summary>
    /// <param name="topology">What is drawn.</param>
    /// <param name="marks">What becomes of services, by name, in a picture of two topologies; none by default.</param>
    public static string Write(Topology topology, IReadOnlyDictionary<string, Mark>? marks = null)
    {
        var plan = new Plan(topology);
        var shared = new SharedImages(topology);
        var width = Math.Max(LeastWidth, plan.Width);
        var legend = new LegendDrawing(width - Margin, plan.Bottom + 34);
        var keys = legend.Draw(plan, shared, marks?.Values ?? []).ToList();
        var height = legend.Bottom + Margin - 10;
        var picture = Svg.Element("svg",
            Svg.Is("viewBox", $"0 0 {Svg.Number(width)} {Svg.Number(height)}"), Svg.Is("width", width), Svg.Is("height", height),
            Svg.Is("role", "img"), Svg.Is("aria-labelledby", "title desc"),
            Svg.Element("title", Svg.Is("id", "title"), TextFit.Clean($"The services of {topology.Naming.Name}")),
            Svg.Element("desc", Svg.Is("id", "desc"), TextFit.Clean(Description(topology))),
            Style.Definitions(),
            Svg.Rect("paper", 0.5, 0.5, width - 1, height - 1, 12),
            Svg.Text("heading", Margin, Margin + 18, TextFit.Cut(topology.Naming.Name, width - (2 * Margin), 20)),
            Svg.Text("subheading", Margin, Margin + 37, Summary(topology)),
            plan.Bands.Where(band => band.IsDrawn).Select(band => Draw(band, plan)),
            plan.Links.Select(WaitDrawing.Passage),
            plan.Bundles.Select(WaitDrawing.Draw),
            plan.Cards.Select(card => CardDrawing.Draw(card, topology.Networks.Length, shared, Marked(card, marks))),
            Svg.Group("legend", keys));
        return picture.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static Mark? Marked(Node card, IReadOnlyDictionary<string, Mark>? marks) =>
        marks?.TryGetValue(card.Service!.Name, out var mark) == true ? mark : null;

    private static XElement Draw(Band band, Plan plan) =>
        Svg.Group(
            "network",
            Svg.Is("data-network", band.Name),
            Svg.Rect(band.Network!.Internal ? "band internal" : "band", Margin, band.Top, plan.Width - (2 * Margin), band.Bottom - band.Top, 12),
            Svg.Text(
                "network-name",
                Margin + BandPadding,
                band.Top + 20,
                TextFit.Cut(
                    $"network {band.Name}{(band.Network.Internal ? ", without a way out" : "")}",
                    plan.Width - (2 * Margin) - (2 * BandPadding),
                    12.5
                )
            )
        );

    private static string Summary(Topology topology) =>
        string.Join(
            " · ",
            new[]
            {
                Counted.Of(topology.Services.Length, "service"),
                Counted.Of(topology.Networks.Length, "network"),
                Counted.Of(topology.Volumes.Length, "volume"),
                Counted.Of(topology.Services.Sum(service => service.Ports.Length), "published port"),
            }
        );


    private static string Description(Topology topology) => string.Join(' ', topology.InStartOrder().Select(service => service.WaitsFor.IsEmpty
        ? $"{service.Name} starts immediately."
        : $"{service.Name} starts when {string.Join(", ", service.WaitsFor.Select(wait => $"{wait.Service} is {Palette.Word(wait.Condition)}"))}."));
}
