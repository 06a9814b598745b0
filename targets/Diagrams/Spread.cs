namespace Infra.Targets.Diagrams;

/// <summary>Moves things in one line apart, each as little as possible.</summary>
internal static class Spread
{
    private sealed record Block(double Sum, int Count)
    {
        public double Mean => Sum / Count;
    }

    /// <summary>
    /// Middles in the given order, <paramref name="gap"/> apart, between low and high where they fit, nearest in squares to those
    /// wanted: an isotonic regression (pool adjacent violators) once each thing's distance from the first is taken off.
    /// </summary>
    public static double[] Middles(double[] wanted, double[] sizes, double gap, double low, double high)
    {
        if (wanted.Length == 0) return [];
        var offsets = new double[wanted.Length];
        for (var i = 1; i < offsets.Length; i++) offsets[i] = offsets[i - 1] + ((sizes[i - 1] + sizes[i]) / 2) + gap;
        var least = low + (sizes[0] / 2);
        var most = Math.Max(least, high - (sizes[^1] / 2) - offsets[^1]);
        var starts = Pooled(wanted.Zip(offsets, (middle, offset) => middle - offset));
        return [.. starts.Zip(offsets, (start, offset) => Math.Clamp(start, least, most) + offset)];
    }

    private static IEnumerable<double> Pooled(IEnumerable<double> values)
    {
        var blocks = new List<Block>();
        foreach (var value in values)
        {
            blocks.Add(new Block(value, 1));
            while (blocks.Count > 1 && blocks[^2].Mean >= blocks[^1].Mean)
            {
                blocks[^2] = new Block(blocks[^2].Sum + blocks[^1].Sum, blocks[^2].Count + blocks[^1].Count);
                blocks.RemoveAt(blocks.Count - 1);
            }
        }

        return blocks.SelectMany(block => Enumerable.Repeat(block.Mean, block.Count));
    }
}
