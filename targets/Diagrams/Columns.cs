using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>Gives each service a column after those of all that it waits for, none too tall.</summary>
internal sealed class Columns
{
    private const int LeastRows = 4;
    private readonly Dictionary<(string Band, int Column), int> filled = [];
    private readonly Dictionary<ServiceSpec, int> places = new(ReferenceEqualityComparer.Instance);
    private readonly int mostRows;

    public Columns(WaitGraph graph)
    {
        mostRows = Math.Max(LeastRows, (int)Math.Ceiling(Math.Sqrt(graph.Services.Length)));
        foreach (var service in graph.Services.Where(service => !graph.IsAlone(service)))
            Place(service, FirstFree(service, graph.Waits(service).Select(wait => places[wait.Source] + 1).DefaultIfEmpty(0).Max()));
        var alone = graph.Services.Where(graph.IsAlone).ToList();
        var last = Math.Max(places.Values.DefaultIfEmpty(0).Max(), alone.Count > LeastRows ? 1 + (alone.Count / mostRows / 2) : 0);
        foreach (var service in alone)
            Place(service, Enumerable.Range(0, last + 1).MinBy(column => Filled(service, column)));
        Count = places.Values.DefaultIfEmpty(0).Max() + 1;
    }

    public int Count { get; }

    public int Column(ServiceSpec service) => places[service];

    /// <summary>The network in whose band a service is drawn.</summary>
    public static string Band(ServiceSpec service) => service.Networks.IsEmpty ? "" : service.Networks[0].Network.Name;

    private int FirstFree(ServiceSpec service, int column)
    {
        while (Filled(service, column) >= mostRows) column++;
        return column;
    }

    private int Filled(ServiceSpec service, int column) => filled.GetValueOrDefault((Band(service), column));

    private void Place(ServiceSpec service, int column)
    {
        places[service] = column;
        filled[(Band(service), column)] = Filled(service, column) + 1;
    }
}
