namespace Infra.Tests.SettingsMutants;

/// <summary>A real settings file with something changed in it.</summary>
/// <param name="Number">Which one of its run.</param>
/// <param name="Source">What it was.</param>
/// <param name="Text">What it is.</param>
/// <param name="What">What was changed.</param>
internal sealed record Mutant(int Number, Source Source, string Text, string What)
{
    /// <summary>So many of them: the same for the same seed, and the first ones the same however many.</summary>
    public static IEnumerable<Mutant> Make(int seed, int count)
        => Enumerable.Range(0, count).Select(number => Make(new Random(HashCode(seed, number)), number));

    private static Mutant Make(Random random, int number)
    {
        var source = Source.All[random.Next(Source.All.Count)];
        var (tree, trees, texts) = ((TreeMap)YamlTree.Read(source.Text), new TreeMutations(random), new TextMutations(random));
        var done = new List<string>();
        for (var changes = Math.Max(1, random.Next(-1, 4)); changes > 0; changes--) done.Add(trees.Change(tree));
        var text = tree.ToString();
        if (random.Next(8) == 0)
        {
            (text, var what) = texts.Change(text);
            done.Add(what);
        }

        return new Mutant(number, source, text, string.Join(", ", done));
    }

    // System.HashCode is another in each process.
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) + number);

    /// <summary>For a message.</summary>
    public override string ToString() => $"mutant {Number} of {Source.Name} ({What}):\n{Text}";
}
