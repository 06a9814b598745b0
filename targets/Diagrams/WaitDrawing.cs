using System.Xml.Linq;
using Infra.Model;
using static Infra.Targets.Diagrams.Measures;

namespace Infra.Targets.Diagrams;

/// <summary>Draws waits from left to right, in the order in which services start.</summary>
internal static class WaitDrawing
{
    // Where the arrow's line ends, so that its head touches the card.
    private const double Head = 1;

    public static XElement Passage((Node From, Node To, Node Source, WaitCondition Condition) link) =>
        Svg.Group(
            "passage",
            Svg.Path(
                Line(link.Condition),
                Svg.Curve(Exit(link.From), link.From.Middle, link.To.X, link.To.Middle),
                Svg.Is("data-from", link.Source.Service!.Name)
            ),
            Svg.Path(
                Line(link.Condition),
                Svg.Curve(link.To.X, link.To.Middle, link.To.Right, link.To.Middle),
                Svg.Is("data-from", link.Source.Service.Name)
            )
        );

    public static XElement Draw(WaitBundle bundle)
    {
        var left = bundle.X - (bundle.LabelWidth / 2);
        var right = bundle.X + (bundle.LabelWidth / 2);
        var sources = string.Join(' ', bundle.Sources.Select(source => source.Service!.Name));
        return Svg.Group("wait " + bundle.Label,
            Svg.Is("data-from", sources),
            Svg.Is("data-to", string.Join(' ', bundle.Targets.Select(target => target.Service!.Name))),
            Svg.Is("data-condition", bundle.Label),
            Svg.Title(
                $"{string.Join(", ", bundle.Targets.Select(target => target.Service!.Name))}: "
                    + $"wait until {sources.Replace(" ", ", ", StringComparison.Ordinal)} {bundle.Label}"
            ),
            bundle.Entries.Select(entry => Svg.Path(Line(bundle.Condition), Svg.Curve(Exit(entry), entry.Middle, left, bundle.Y))),
            bundle.Targets.Select(target => Arrow(bundle, target, right)),
            Svg.Element(
                "rect",
                Svg.Is("class", "pill"),
                Svg.Is("x", left),
                Svg.Is("y", bundle.Y - (PillHeight / 2)),
                Svg.Is("width", bundle.LabelWidth),
                Svg.Is("height", PillHeight),
                Svg.Is("rx", PillHeight / 2),
                Svg.Is("stroke", Palette.Color(bundle.Condition))
            ),
            Svg.Element(
                "text",
                Svg.Is("class", "condition"),
                Svg.Is("x", bundle.X),
                Svg.Is("y", bundle.Y + 3.8),
                Svg.Is("text-anchor", "middle"),
                Svg.Is("fill", Palette.Color(bundle.Condition)),
                bundle.Label
            )
        );
    }

    private static XElement Arrow(WaitBundle bundle, Node target, double from)
    {
        // Waits of different kinds arrive at a card one below the other.
        var y = target.Middle + (bundle.Condition switch { WaitCondition.Started => -12, WaitCondition.Completed => 12, _ => 0 });
        return Svg.Path(Line(bundle.Condition) + " arrow", Svg.Curve(from, bundle.Y, target.X - Head, y),
            Svg.Is("data-to", target.Service!.Name), Svg.Is("marker-end", $"url(#head-{bundle.Label})"));
    }

    private static double Exit(Node node) => node.Right;

    private static string Line(WaitCondition condition) => "line " + Palette.Word(condition);
}
