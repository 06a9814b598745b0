namespace Infra.Stacks.Configuration;

/// <summary>Finds the name that was probably meant.</summary>
public static class Nearest
{
    /// <summary>
    /// The candidate with the fewest edits from the word.
    /// They are no more than a third of its letters (at least two), and leave one of them as it was.
    /// </summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        var most = Math.Max(2, word.Length / 3);
        var best = candidates
            // As many edits as letters that only one of them has, at least.
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= most)
            .Select(candidate => (candidate, distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .FirstOrDefault((candidate: "", distance: int.MaxValue));
        var leaveSomething = best.distance < Math.Max(word.Length, best.candidate.Length);
        return best.distance <= most && leaveSomething ? best.candidate : null;
    }

    /// <summary><c> Did you mean 'web'?</c>, to follow a sentence; nothing where no candidate is near.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) => To(word, candidates) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>The same as a sentence of its own, or another one where no candidate is near.</summary>
    public static string HintOr(string word, IEnumerable<string> candidates, string otherwise) =>
        To(word, candidates) is { } name ? $"Did you mean '{name}'?" : otherwise;

    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var substitute = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
