namespace Infra.Targets.Diagrams;

/// <summary>The sizes that layout and drawing share, in pixels.</summary>
internal static class Measures
{
    public const double Margin = 28;
    public const double Header = 52;
    public const double CardWidth = 290;
    public const double CardHeader = 32;
    public const double CardPadding = 9;
    public const double Row = 19;
    public const double LabelColumn = 58;
    public const double Gutter = 150;
    public const double Gap = 20;
    public const double PassHeight = 8;
    public const double BandTitle = 30;
    public const double BandPadding = 16;
    public const double PillHeight = 20;
}
