using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Infra.Model;
using Infra.Operations.Engine;

namespace Infra.Operations.Backups;

/// <summary>How many rows each table has, as a program of <see cref="Model.ServiceBackup"/> says it on its error stream.</summary>
/// <param name="Rows">The rows, by table.</param>
/// <param name="OfExtensions">Tables whose rows came with an extension, and not with the data.</param>
public sealed record RowCounts(ImmutableSortedDictionary<string, long> Rows, ImmutableHashSet<string> OfExtensions)
{
    /// <summary>What is counted among all that it said.</summary>
    public static RowCounts From(ShellResult result)
    {
        var lines = result.Error.Split('\n').Select(line => line.TrimEnd('\r').Split('\t')).ToArray();
        return new RowCounts(
            lines
                .Where(line => line is ["rows", _, _])
                .ToImmutableSortedDictionary(
                    line => Name(line[1]),
                    line => long.Parse(line[2], CultureInfo.InvariantCulture),
                    StringComparer.Ordinal
                ),
            [.. lines.Where(line => line is ["extension", _, _]).Select(line => Name(line[1]))]
        );
    }

    /// <summary>What is not as it was when it was dumped, a sentence for each table.</summary>
    public IEnumerable<string> Differences(ManifestPart written)
    {
        var dumped = written.Rows ?? ImmutableSortedDictionary<string, long>.Empty;
        foreach (var table in dumped.Keys.Union(Rows.Keys).Except(OfExtensions).Order(StringComparer.Ordinal))
        {
            if (!Rows.TryGetValue(table, out var rows))
                yield return $"{written.Name}: The table {table} is missing; it was dumped with {Counted.Of(dumped[table], "row")}.";
            else if (!dumped.TryGetValue(table, out var expected))
                yield return FormattableString.Invariant($"{written.Name}: The table {table} was not there when it was dumped.");
            else if (rows != expected)
                yield return FormattableString.Invariant(
                    $"{written.Name}: The table {table} has {Counted.Of(rows, "row")}; it was dumped with {expected}."
                );
        }
    }

    private static string Name(string json) => json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json)! : json;
}
