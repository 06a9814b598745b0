using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Infra.Model;
using Infra.Targets.Diagrams;

namespace Infra.Tests.Targets.Diagrams;

/// <summary>Reads a drawn picture back: which boxes it has, and where.</summary>
internal sealed partial class Picture(Topology topology)
{
    public sealed record Box(string Service, double X, double Y, double Width, double Height)
    {
        public bool Overlaps(Box other) => X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
    }

    public XElement Root { get; } = XDocument.Parse(SvgWriter.Write(topology)).Root!;

    public IReadOnlyList<Box> Boxes =>
        [.. from service in WithClass("service")
            let rect = service.Elements().Single(element => (string?)element.Attribute("class") == "card")
            select new Box(
                (string)service.Attribute("data-service")!,
                Number(rect, "x"),
                Number(rect, "y"),
                Number(rect, "width"),
                Number(rect, "height")
            ),
        ];

    public IEnumerable<XElement> WithClass(string name)
        => Root.Descendants().Where(element => ((string?)element.Attribute("class") ?? "").Split(' ').Contains(name));

    public IEnumerable<string> Texts => Root.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value);

    public static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);

    /// <summary>Where a line that goes horizontally or in a curve ends.</summary>
    public static (double X, double Y) End(XElement path)
    {
        var line = (string)path.Attribute("d")!;
        var numbers = Numbers().Matches(line).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).ToList();
        return line.Contains('H', StringComparison.Ordinal) ? (numbers[^1], numbers[1]) : (numbers[^2], numbers[^1]);
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Numbers();
}
