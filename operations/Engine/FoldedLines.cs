using System.Text.RegularExpressions;

namespace Infra.Operations.Engine;

/// <summary>A log's lines, repeated ones only once: they would push the one that says why out of sight.</summary>
public static partial class FoldedLines
{
    // A traceback is kept whole, however often it comes.
    private const int LongestBlock = 30;

    /// <summary>
    /// The lines; of each run of the same ones, the last and how many there were.
    /// Two lines that differ only in times, process ids and ports are the same.
    /// </summary>
    public static IReadOnlyList<string> Fold(IReadOnlyList<string> lines)
    {
        var alike = lines.Select(line => Passing().Replace(line, "#")).ToArray();
        var folded = new List<string>();
        for (var at = 0; at < lines.Count;)
        {
            var (length, times) = Run(alike, at);
            var end = at + (length * times);
            folded.AddRange(lines.Skip(end - length).Take(length));
            if (times > 1) folded.Add(length == 1 ? $"… {times} times the same" : $"… {times} times the same {length} lines");
            at = end;
        }

        return folded;
    }

    // The shortest block that repeats immediately, and how often.
    private static (int Length, int Times) Run(string[] lines, int at)
    {
        for (var length = 1; length <= Math.Min(LongestBlock, (lines.Length - at) / 2); length++)
        {
            var block = lines.AsSpan(at, length);
            var times = 1;
            while (at + ((times + 1) * length) <= lines.Length && lines.AsSpan(at + (times * length), length).SequenceEqual(block)) times++;
            if (times > 1) return (length, times);
        }

        return (1, 1);
    }

    // Lines with different statuses (three digits) are different.
    [GeneratedRegex(@"\d{1,2}/\w{3}/\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?|\d{4,}|\[\d+\]|\d+(?:\.\d+)? ?ms\b")]
    private static partial Regex Passing();
}
