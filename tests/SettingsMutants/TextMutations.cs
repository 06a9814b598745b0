using System.Globalization;

namespace Infra.Tests.SettingsMutants;

/// <summary>Changes the text of a settings file as editors, merges and other tools do.</summary>
internal sealed class TextMutations(Random random)
{
    private static readonly string[] Lines =
    [
        "---",
        "...",
        "--- # again",
        "%YAML 1.2",
        "\tx: y",
        "  <<: *usual",
        "  infra:services: { web: &usual { memory: 1GiB }, worker: *usual }",
        "  infra:services: { web: { <<: { memory: 1GiB }, command: sleep 1 } }",
        "  ? [a, b]",
        "  : c",
        "# comment",
        "  infra:postgres-password: x",
        "  infra:postgres-password: { secure: v1:abc }",
        "  infra:services: { secure: v1:abc }",
        "  stray: x",
        "  environment: dev",
        "config: {}",
        "<<<<<<< HEAD",
        "=======",
        ">>>>>>> other",
        "encryptionsalt: v1:abc",
    ];

    /// <summary>Changes it.</summary>
    /// <returns>The text, and what was done to it.</returns>
    public (string Text, string What) Change(string text)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(14))
        {
            case 0: return (text.Replace("\n", "\r\n", StringComparison.Ordinal), "CRLF");
            case 1: return ("\ufeff" + text, "a byte order mark");
            case 2: return (text.Replace("\n", "\r", StringComparison.Ordinal), "CR");
            case 3: lines[at] = lines[at].Replace("  ", "\t", StringComparison.Ordinal); break;
            case 4: return (text + "---\n" + text, "twice, as two documents");
            case 5: return ("---\n" + text + "...\n", "a document's marks");
            case 6: return (text[..random.Next(text.Length)], "cut off");
            case 7: lines.RemoveAt(at); break;
            case 8: lines.Insert(at, lines[random.Next(lines.Count)]); break;
            case 9: lines.Insert(at, Lines[random.Next(Lines.Length)]); break;
            case 10: lines[at] = new string(' ', random.Next(8)) + lines[at].TrimStart(); break;
            case 11: lines[at] = "#" + lines[at]; break;
            case 12: return Aliased(lines);
            default: lines[at] = Spoiled(lines[at]); break;
        }

        return (string.Join('\n', lines), $"line {at + 1}");
    }

    // A value gets an anchor, and what a later key has is that value again: an alias of it, or merged into a map.
    private (string, string) Aliased(List<string> lines)
    {
        var keys = lines.Index().Where(line => line.Item.TrimEnd().EndsWith(':') && line.Item.StartsWith("    ", StringComparison.Ordinal)).ToArray();
        if (keys.Length < 2) return (string.Join('\n', lines), "nothing");
        var first = random.Next(keys.Length - 1);
        var second = random.Next(first + 1, keys.Length);
        lines[keys[first].Index] += " &usual";
        var line = keys[second];
        if (random.Next(2) == 0) lines[line.Index] = line.Item.TrimEnd()[..^1] + "-too: *usual\n" + line.Item;
        else lines[line.Index] = line.Item + "\n" + new string(' ', line.Item.Length - line.Item.TrimStart().Length + 2) + "<<: *usual";
        return (string.Join('\n', lines), "an alias");
    }

    // A letter more, or one less.
    private string Spoiled(string line)
    {
        var at = random.Next(line.Length + 1);
        return random.Next(2) == 0 || at == line.Length
            ? line.Insert(at, string.Create(CultureInfo.InvariantCulture, $"{(char)random.Next(32, 127)}"))
            : line.Remove(at, 1);
    }
}
