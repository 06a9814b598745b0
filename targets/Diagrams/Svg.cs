using System.Globalization;
using System.Xml.Linq;

namespace Infra.Targets.Diagrams;

/// <summary>Elements of a picture; numbers to a tenth of a pixel, texts escaped by the XML writer.</summary>
internal static class Svg
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    public static XAttribute Is(string name, string value) => new(name, TextFit.Clean(value));

    public static XAttribute Is(string name, double value) => new(name, Number(value));

    public static XElement Group(string style, params object?[] content) => Element("g", Is("class", style), content);

    public static XElement Rect(string style, double x, double y, double width, double height, double radius = 0) => Element(
        "rect", Is("class", style), Is("x", x), Is("y", y), Is("width", width), Is("height", height), radius > 0 ? Is("rx", radius) : null);

    public static XElement Text(string style, double x, double y, string text, string? anchor = null) => Element(
        "text", Is("class", style), Is("x", x), Is("y", y), anchor is null ? null : Is("text-anchor", anchor), TextFit.Clean(text));

    public static XElement Path(string style, string path, params object?[] more) => Element("path", Is("class", style), Is("d", path), more);

    public static XElement Title(string text) => Element("title", TextFit.Clean(text));

    /// <summary>A curve that leaves and arrives horizontally.</summary>
    public static string Curve(double x1, double y1, double x2, double y2)
    {
        var middle = (x1 + x2) / 2;
        return Math.Abs(y1 - y2) < 0.05
            ? $"M{Number(x1)} {Number(y1)}H{Number(x2)}"
            : $"M{Number(x1)} {Number(y1)}C{Number(middle)} {Number(y1)} {Number(middle)} {Number(y2)} {Number(x2)} {Number(y2)}";
    }

    /// <summary>A cylinder, 14 wide and 13 high, around a middle.</summary>
    public static XElement Cylinder(double x, double y, bool keeps, params object?[] more) => Path(
        keeps ? "cylinder" : "cylinder passing",
        $"M{Number(x - 7)} {Number(y - 4)}a7 2.6 0 0 1 14 0v8a7 2.6 0 0 1 -14 0zm0 0a7 2.6 0 0 0 14 0", more);

    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
