using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>The horizontal band in which a network's services are drawn.</summary>
/// <param name="Network">The network; none where there is only one.</param>
/// <param name="Name">What nodes call it.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Bottom">The lower edge.</param>
internal sealed record Band(Network? Network, string Name, double Top, double Bottom)
{
    public bool IsDrawn => Network is not null;

    /// <summary>Where its first card may begin.</summary>
    public double Low => IsDrawn ? Top + Measures.BandTitle : Top;

    /// <summary>Where its last card must end.</summary>
    public double High => IsDrawn ? Bottom - Measures.BandPadding : Bottom;

    /// <summary>The bands, the one whose services start last on top, each as tall as its fullest column.</summary>
    public static ImmutableArray<Band> Stack(Plan plan, bool drawn)
    {
        var networks = plan.Topology.Networks.ToDictionary(network => network.Name, StringComparer.Ordinal);
        var nodes = plan.Cards.Concat(plan.Passages).ToLookup(node => node.Band, StringComparer.Ordinal);
        var names = plan.Cards.GroupBy(card => card.Band, StringComparer.Ordinal)
            .OrderByDescending(band => band.Average(card => card.Column)).ThenBy(band => band.Key, StringComparer.Ordinal).Select(band => band.Key);
        var bands = ImmutableArray.CreateBuilder<Band>();
        var top = Measures.Margin + Measures.Header;
        foreach (var name in names.DefaultIfEmpty(""))
        {
            var network = drawn ? networks.GetValueOrDefault(name) : null;
            var content = nodes[name].GroupBy(node => node.Column).Select(Height).DefaultIfEmpty(0).Max();
            var bottom = top + content + (network is null ? 0 : Measures.BandTitle + Measures.BandPadding);
            bands.Add(new Band(network, name, top, bottom));
            top = bottom + Measures.Gap;
        }

        return bands.ToImmutable();
    }

    private static double Height(IEnumerable<Node> column) => column.Sum(node => node.Height + Measures.Gap) - Measures.Gap;
}
