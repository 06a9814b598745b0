using System.Globalization;
using System.Text;

namespace Infra.Model;

/// <summary>
/// Texts of others as a terminal may be shown them.
/// They are on one line, and nothing in them moves the cursor or reverses letters.
/// </summary>
public static class Visible
{
    private const int Most = 120;

    /// <summary>The text; what would not be seen is spelled as <c>\u001B</c>.</summary>
    public static string Escape(string text)
    {
        if (!text.Any(IsHidden)) return text;
        var shown = new StringBuilder();
        foreach (var letter in text)
            if (IsHidden(letter)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            else shown.Append(letter);
        return shown.ToString();
    }

    /// <summary>The same, line by line.</summary>
    public static string Lines(string text) => string.Join('\n', text.Split('\n').Select(Escape));

    /// <summary>A sentence without the middle of what it quotes, where that is long.</summary>
    public static string Bounded(string sentence) => sentence.Length <= 5 * Most ? sentence : $"{sentence[..(3 * Most)]}…{sentence[^Most..]}";

    /// <summary>Its beginning, where it is long.</summary>
    public static string Beginning(string text) => text.Length <= Most ? text : text[..Most] + "…";

    private static bool IsHidden(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
