using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>The values of a stack's settings before they are parsed, from whatever source.</summary>
/// <param name="File">What an error calls it: <c>Pulumi.dev.yaml</c>.</param>
/// <param name="Values">The values by key, without the namespace.</param>
/// <param name="Encrypted">The keys, without the namespace, that are set and encrypted: their value is known to Pulumi alone.</param>
/// <param name="Positions">Line and column of each path (<c>web.port</c>), where known.</param>
public sealed record SettingsSource(
    string File,
    JsonObject Values,
    IReadOnlySet<string> Encrypted,
    IReadOnlyDictionary<string, (int Line, int Column)> Positions)
{
    /// <summary>The namespace of every key, whatever the project is called.</summary>
    public const string Namespace = "infra";

    /// <summary>The project's root, which paths in settings are relative to.</summary>
    public string Root { get; init; } = "";

    /// <summary>The paths of what was written without quotes and is read differently by others, should it be meant as a text.</summary>
    public IReadOnlySet<string> Doubtful { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>The keys without our namespace, as they are written: Pulumi takes them for the project's own.</summary>
    public ImmutableArray<string> Strays { get; init; } = [];

    /// <summary><c>Pulumi.dev.yaml:12:7 infra:services.web.port</c>; the place of what it would stand in, where it is not written.</summary>
    public string Where(string path)
    {
        var at = Position(path) is { } position ? FormattableString.Invariant($"{File}:{position.Line}:{position.Column}") : File;
        return $"{at} {Namespace}:{Visible.Beginning(path)}";
    }

    private (int Line, int Column)? Position(string path)
        => Positions.TryGetValue(path, out var position) ? position
            : path.LastIndexOfAny(['.', '[']) is var end and > 0 ? Position(path[..end])
            : null;
}
