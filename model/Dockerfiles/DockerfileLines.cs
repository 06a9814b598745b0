using System.Text;
using System.Text.RegularExpressions;

namespace Infra.Model.Dockerfiles;

/// <summary>Puts the lines of a Dockerfile together to instructions.</summary>
internal static partial class DockerfileLines
{
    /// <summary>Each instruction with the line it begins on, from 1.</summary>
    public static IEnumerable<(int Line, string Statement)> Join(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var escape = lines.Select(line => Escape().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value[0] ?? '\\';
        for (var at = 0; at < lines.Length; at++)
        {
            if (IsSkipped(lines[at])) continue;
            var begin = at;
            var statement = new StringBuilder();
            while (at < lines.Length && lines[at].TrimEnd().EndsWith(escape))
            {
                if (!IsComment(lines[at])) statement.Append(lines[at].TrimEnd().TrimEnd(escape)).Append(' ');
                at++;
                while (at < lines.Length && IsSkipped(lines[at])) at++;
            }

            if (at < lines.Length) statement.Append(lines[at]);
            foreach (Match heredoc in Heredoc().Matches(HasHeredocs(statement) ? statement.ToString() : ""))
                at = Take(lines, at, heredoc, statement);
            yield return (begin + 1, statement.ToString().Trim());
        }
    }

    private static int Take(string[] lines, int at, Match heredoc, StringBuilder statement)
    {
        for (at++; at < lines.Length && (heredoc.Groups[1].Success ? lines[at].TrimStart('\t') : lines[at]) != heredoc.Groups[2].Value; at++)
            statement.Append('\n').Append(lines[at]);
        return at;
    }

    private static bool HasHeredocs(StringBuilder statement)
        => statement.ToString().TrimStart() is var text && (text.StartsWith("RUN", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("COPY", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ADD", StringComparison.OrdinalIgnoreCase));

    private static bool IsSkipped(string line) => string.IsNullOrWhiteSpace(line) || IsComment(line);

    private static bool IsComment(string line) => line.TrimStart().StartsWith('#');

    [GeneratedRegex(@"^#\s*escape\s*=\s*([\\`])\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Escape();

    [GeneratedRegex(@"(?<!<)<<(-)?[""']?([A-Za-z_]\w*)[""']?")]
    private static partial Regex Heredoc();
}
