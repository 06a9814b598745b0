using System.Globalization;
using System.Text;

namespace Infra.Targets.Diagrams;

/// <summary>Ids that Mermaid can read, one for each thing, however odd its name.</summary>
internal sealed class MermaidIds
{
    private readonly Dictionary<(string Kind, string Name), string> ids = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>The thing's id: its kind and the letters and digits of its name, numbered where another thing has that id.</summary>
    public string For(string kind, string name)
    {
        if (ids.TryGetValue((kind, name), out var known)) return known;
        // The kind in front keeps Mermaid's keywords (`end`, `style`) from being ids.
        var wanted = kind + "_" + string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        var id = wanted;
        for (var number = 2; !taken.Add(id); number++) id = wanted + "_" + number.ToString(CultureInfo.InvariantCulture);
        return ids[(kind, name)] = id;
    }

    /// <summary>The text as it is written between quotes: whatever Mermaid, Markdown or HTML would read becomes a number.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in TextFit.Clean(text))
            if ("\"#<>&`;\\*{}[]|".Contains(letter, StringComparison.Ordinal)) escaped.Append(CultureInfo.InvariantCulture, $"#{(int)letter};");
            else escaped.Append(letter);
        return escaped.ToString();
    }
}
