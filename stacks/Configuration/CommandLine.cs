using System.Text;

namespace Infra.Stacks.Configuration;

/// <summary>Splits one line into the arguments of an exec-form command, as a shell without variables would.</summary>
public static class CommandLine
{
    /// <summary>Whether every quote in it is closed.</summary>
    public static bool IsClosed(string line)
    {
        var quote = '\0';
        foreach (var letter in line)
            if (quote == '\0' && (letter is '"' or '\'')) quote = letter;
            else if (letter == quote) quote = '\0';
        return quote == '\0';
    }

    /// <summary>The arguments; single and double quotes hold spaces, and an unclosed quote ends with the line.</summary>
    public static IEnumerable<string> Split(string line)
    {
        var word = new StringBuilder();
        var (quote, inWord) = ('\0', false);
        foreach (var letter in line)
        {
            if (quote != '\0')
            {
                if (letter == quote) quote = '\0';
                else word.Append(letter);
            }
            else if (letter is '"' or '\'')
            {
                (quote, inWord) = (letter, true);
            }
            else if (!char.IsWhiteSpace(letter))
            {
                word.Append(letter);
                inWord = true;
            }
            else if (inWord)
            {
                yield return word.ToString();
                word.Clear();
                inWord = false;
            }
        }

        if (inWord) yield return word.ToString();
    }
}
