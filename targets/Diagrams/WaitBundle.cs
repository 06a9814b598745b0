using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>Waits that are drawn as one, because each of the targets waits for all of the sources in the same way.</summary>
/// <param name="Condition">What they wait for.</param>
/// <param name="Sources">The services waited for.</param>
/// <param name="Entries">Where each source's line arrives in the column before the targets.</param>
/// <param name="Targets">The services that wait, all in one column.</param>
internal sealed record WaitBundle(WaitCondition Condition, ImmutableArray<Node> Sources, ImmutableArray<Node> Entries, ImmutableArray<Node> Targets)
{
    /// <summary>The column of the targets.</summary>
    public int Column => Targets[0].Column;

    /// <summary>The middle of the label, where the lines meet.</summary>
    public double X { get; set; }

    /// <inheritdoc cref="X"/>
    public double Y { get; set; }

    public string Label => Palette.Word(Condition);

    public double LabelWidth => TextFit.Width(Label, 11) + 16;
}
