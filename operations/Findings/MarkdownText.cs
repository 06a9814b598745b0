using System.Text;
using Infra.Model;

namespace Infra.Operations.Findings;

/// <summary>Texts of others in Markdown.</summary>
public static class MarkdownText
{
    /// <summary>The text in a cell of a table: no part of it is taken for a heading, a link, a picture or HTML.</summary>
    public static string Cell(string text)
    {
        var cell = new StringBuilder();
        foreach (var letter in Visible.Escape(text))
            cell.Append(letter switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\\' or '`' or '*' or '[' or ']' or '|' => $"\\{letter}",
                _ => letter.ToString(),
            });
        return cell.ToString();
    }
}
