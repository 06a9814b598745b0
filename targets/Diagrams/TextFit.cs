using System.Text;
using System.Xml;

namespace Infra.Targets.Diagrams;

/// <summary>Text in a picture that is drawn without knowing the font: widths are those of a wide one.</summary>
internal static class TextFit
{
    private const double Sans = 0.61;
    private const double Mono = 0.605;
    private const int FirstWideRune = 0x1100;

    public static double Width(string text, double size, bool mono = false)
        => text.EnumerateRunes().Sum(rune => rune.Value >= FirstWideRune ? 1.0 : mono ? Mono : Sans) * size;

    /// <summary>The text, its end replaced by an ellipsis where it is too wide.</summary>
    public static string Cut(string text, double width, double size, bool mono = false)
    {
        var clean = Clean(text);
        if (Width(clean, size, mono) <= width) return clean;
        var kept = new StringBuilder();
        var left = width - Width("…", size, mono);
        foreach (var rune in clean.EnumerateRunes())
        {
            left -= Width(rune.ToString(), size, mono);
            if (left < 0) break;
            kept.Append(rune);
        }

        return kept.ToString().TrimEnd() + "…";
    }

    /// <summary>One line, without the characters that XML cannot have.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.IsWhiteSpace(rune)) clean.Append(' ');
            else if (rune.Value < 0x10000 && (!XmlConvert.IsXmlChar((char)rune.Value) || Rune.IsControl(rune))) clean.Append('\uFFFD');
            else clean.Append(rune);
        return clean.ToString();
    }
}
