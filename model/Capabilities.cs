using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>Linux capabilities, by their names without <c>CAP_</c>.</summary>
public sealed record Capabilities
{
    /// <summary>What is taken away; <c>ALL</c> for everything.</summary>
    public ImmutableArray<string> Drop { get; init; } = [];

    /// <summary>What is given.</summary>
    public ImmutableArray<string> Add { get; init; } = [];

    /// <summary>None but these.</summary>
    public static Capabilities Only(params string[] needed) => new() { Drop = ["ALL"], Add = [.. needed] };
}
