using System.Xml.Linq;
using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>The picture's style sheet and arrow heads; it brings its own background, since a page's is unknown.</summary>
internal static class Style
{
    private const string Sheet = """

        text { font-family: system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; fill: #1f2a37; }
        .paper { fill: #f7f9fc; stroke: #d9e0ea; }
        .heading { font-size: 20px; font-weight: 600; }
        .subheading { font-size: 12px; fill: #5f6c7d; }
        .band { fill: #edf1f7; stroke: #d3dce8; }
        .band.internal { fill: #f3eee6; stroke: #e2d6c3; }
        .network-name { font-size: 12.5px; font-weight: 600; fill: #55657b; }
        .card { fill: #ffffff; stroke: #cbd4df; }
        .name { font-size: 15px; font-weight: 600; fill: #ffffff; }
        .role { font-size: 11px; fill: #ffffff; fill-opacity: 0.9; }
        .label { font-size: 11px; fill: #7a8696; }
        .value { font-size: 11.5px; }
        .missing { font-size: 11.5px; fill: #c22f2f; }
        .code, .path, .badge { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 10.5px; }
        .path { fill: #7a8696; }
        .port { fill: #e3eefb; stroke: #9cc0e8; }
        .port.open { fill: #fdeadb; stroke: #e3a266; }
        .badge { fill: #1d4f86; }
        .badge.open { fill: #8a4508; }
        .cylinder { fill: #dfe8f3; stroke: #55657b; stroke-width: 1.2; }
        .cylinder.passing { fill: #ffffff; stroke-dasharray: 2 2; }
        .line { fill: none; stroke-width: 1.6; }
        .line.healthy { stroke: #2c7a4f; }
        .line.started { stroke: #55657b; stroke-dasharray: 6 4; }
        .line.completed { stroke: #80642f; stroke-dasharray: 2 3; }
        .pill { fill: #ffffff; }
        .condition { font-size: 11px; font-weight: 600; }
        .key { font-size: 11.5px; fill: #46536a; }

        """;

    public static XElement Definitions() => Svg.Element("defs",
        Svg.Element("style", Sheet),
        Enum.GetValues<WaitCondition>().Select(condition => Svg.Element("marker",
            Svg.Is("id", "head-" + Palette.Word(condition)), Svg.Is("viewBox", "0 0 8 8"), Svg.Is("refX", "7.5"), Svg.Is("refY", "4"),
            Svg.Is("markerWidth", "8"), Svg.Is("markerHeight", "8"), Svg.Is("markerUnits", "userSpaceOnUse"), Svg.Is("orient", "auto"),
            Svg.Element("path", Svg.Is("d", "M0 0.5L8 4L0 7.5z"), Svg.Is("fill", Palette.Color(condition))))));
}
