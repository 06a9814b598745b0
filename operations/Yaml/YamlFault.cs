namespace Infra.Operations.Yaml;

/// <summary>A text that is no YAML of ours: where, what, and what to do.</summary>
internal sealed class YamlFault(int line, int column, string what, string action) : Exception($"{what} {action}")
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
