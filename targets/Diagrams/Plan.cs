using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>What is drawn, with its place: cards and passages in columns, bundles of waits between them, bands of networks.</summary>
internal sealed class Plan
{
    private readonly Dictionary<ServiceSpec, Node> cards = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Node Source, WaitCondition Condition, int Column), Node> passages = [];

    public Plan(Topology topology)
    {
        var graph = new WaitGraph(topology);
        var columns = new Columns(graph);
        Topology = topology;
        Notes = graph.Notes;
        ColumnCount = columns.Count;
        var networks = topology.Networks.Length;
        foreach (var service in graph.Services)
            cards[service] = new Node(service, networks > 1 ? Columns.Band(service) : "", columns.Column(service), Card.Height(service, networks));
        Bundles = [.. Bundle(graph)];
        Bands = Band.Stack(this, networks > 1);
        Placement.Place(this);
    }

    public Topology Topology { get; }

    public ImmutableArray<string> Notes { get; }

    public int ColumnCount { get; }

    public ImmutableArray<WaitBundle> Bundles { get; }

    public ImmutableArray<Band> Bands { get; }

    /// <summary>The stretches of lines that lead from column to column without arriving.</summary>
    public List<(Node From, Node To, Node Source, WaitCondition Condition)> Links { get; } = [];

    public IEnumerable<Node> Cards => cards.Values;

    public IEnumerable<Node> Passages => passages.Values;

    public double Width => (2 * Measures.Margin) + (2 * Inset) + (ColumnCount * Measures.CardWidth) + ((ColumnCount - 1) * Measures.Gutter);

    public double Bottom => Bands[^1].Bottom;

    public double ColumnX(int column) => Measures.Margin + Inset + (column * (Measures.CardWidth + Measures.Gutter));

    private double Inset => Bands[0].IsDrawn ? Measures.BandPadding : 0;

    private IEnumerable<WaitBundle> Bundle(WaitGraph graph)
    {
        var order = new Dictionary<ServiceSpec, int>(ReferenceEqualityComparer.Instance);
        foreach (var service in graph.Services)
            order[service] = order.Count;
        var waits =
            from service in graph.Services
            from wait in graph.Waits(service)
            group wait.Source by (Target: cards[service], wait.Condition) into one
            let sources = one.OrderBy(source => order[source]).ToList()
            group (one.Key.Target, sources) by (
                one.Key.Condition,
                one.Key.Target.Column,
                Key: string.Join(' ', sources.Select(source => order[source]))
            );
        foreach (var same in waits)
            yield return Bundle(same.Key.Condition, [.. same.First().sources.Select(source => cards[source])], [.. same.Select(one => one.Target)]);
    }

    private WaitBundle Bundle(WaitCondition condition, ImmutableArray<Node> sources, ImmutableArray<Node> targets)
    {
        var entries = sources.Select(source => Arrive(source, condition, targets[0].Column - 1)).ToImmutableArray();
        foreach (var entry in entries)
            foreach (var target in targets)
                entry.LeadsTo(target);
        return new WaitBundle(condition, sources, entries, targets);
    }

    // A source's line passes each column on the way once, however many bundles it leads to.
    private Node Arrive(Node source, WaitCondition condition, int column)
    {
        if (column == source.Column) return source;
        if (passages.TryGetValue((source, condition, column), out var known)) return known;
        var previous = Arrive(source, condition, column - 1);
        var passage = new Node(null, source.Band, column, Measures.PassHeight);
        previous.LeadsTo(passage);
        Links.Add((previous, passage, source, condition));
        return passages[(source, condition, column)] = passage;
    }
}
