namespace Infra.Targets.Diagrams;

/// <summary>
/// Places the nodes of a plan: in each column as near as they may be to the middle of what they are joined with, which both
/// lessens crossings and straightens lines.
/// </summary>
internal static class Placement
{
    private const int Sweeps = 8;

    public static void Place(Plan plan)
    {
        var cells = plan.Cards.Concat(plan.Passages).GroupBy(node => (node.Band, node.Column)).ToDictionary(cell => cell.Key, cell => cell.ToList());
        foreach (var node in cells.Values.SelectMany(cell => cell)) node.X = plan.ColumnX(node.Column);
        for (var sweep = 0; sweep <= Sweeps; sweep++)
        {
            var forwards = sweep % 2 == 1;
            foreach (var column in Enumerable.Range(0, plan.ColumnCount))
                foreach (var band in plan.Bands)
                    if (cells.TryGetValue((band.Name, forwards ? column : plan.ColumnCount - 1 - column), out var cell))
                        Place(cell, band, node => sweep == 0 ? (band.Low + band.High) / 2 : Wanted(node, sweep == Sweeps ? null : forwards));
        }

        foreach (var gutter in plan.Bundles.GroupBy(bundle => bundle.Column)) PlaceLabels(plan, [.. gutter]);
    }

    private static void Place(List<Node> cell, Band band, Func<Node, double> wanted)
    {
        var sorted = cell.Select(node => (Node: node, Wanted: wanted(node))).OrderBy(pair => pair.Wanted).ToList();
        var middles = Spread.Middles(
            [.. sorted.Select(pair => pair.Wanted)],
            [.. sorted.Select(pair => pair.Node.Height)],
            Measures.Gap,
            band.Low,
            band.High
        );
        for (var i = 0; i < sorted.Count; i++)
        {
            sorted[i].Node.Y = middles[i] - (sorted[i].Node.Height / 2);
            cell[i] = sorted[i].Node;
        }
    }

    private static double Wanted(Node node, bool? forwards)
    {
        var neighbours = forwards switch { true => node.Before, false => node.After, null => [.. node.Before, .. node.After] };
        return neighbours.Count == 0 ? node.Middle : neighbours.Average(neighbour => neighbour.Middle);
    }

    private static void PlaceLabels(Plan plan, List<WaitBundle> bundles)
    {
        var sorted = bundles.Select(bundle => (Bundle: bundle, Wanted: Middle(bundle))).OrderBy(pair => pair.Wanted).ToList();
        var middles = Spread.Middles(
            [.. sorted.Select(pair => pair.Wanted)], [.. sorted.Select(_ => Measures.PillHeight)], 6, plan.Bands[0].Top, plan.Bottom);
        foreach (var ((bundle, _), y) in sorted.Zip(middles))
        {
            bundle.X = plan.ColumnX(bundle.Column) - (Measures.Gutter / 2);
            bundle.Y = y;
        }
    }

    private static double Middle(WaitBundle bundle)
        => (bundle.Entries.Average(entry => entry.Middle) + bundle.Targets.Average(target => target.Middle)) / 2;
}
