using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>What takes a place in a column: a service's card, or the passage of a wait on its way to a later column.</summary>
internal sealed class Node(ServiceSpec? service, string band, int column, double height)
{
    public ServiceSpec? Service { get; } = service;

    public string Band { get; } = band;

    public int Column { get; } = column;

    public double Height { get; } = height;

    public double X { get; set; }

    public double Y { get; set; }

    public double Middle => Y + (Height / 2);

    public double Right => X + Measures.CardWidth;

    public List<Node> Before { get; } = [];

    public List<Node> After { get; } = [];

    public void LeadsTo(Node next)
    {
        After.Add(next);
        next.Before.Add(this);
    }
}
