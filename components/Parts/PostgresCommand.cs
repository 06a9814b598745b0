using System.Globalization;

namespace Infra.Components.Parts;

/// <summary>What Postgres' command and its image's entrypoint take.</summary>
internal static class PostgresCommand
{
    private const int UsualConnections = 100;

    private const string InitFolder = "/docker-entrypoint-initdb.d";

    /// <summary>Its parameters as options of its command.</summary>
    public static IEnumerable<string> Options(IEnumerable<KeyValuePair<string, string>> parameters)
        => parameters.SelectMany(each => (string[])["-c", $"{each.Key}={each.Value}"]);

    /// <summary>Where a script, or a folder of scripts, is run from on an empty volume: a folder takes the whole place, a file one in it.</summary>
    public static string InitTarget(string path)
        => path[(path.LastIndexOf('/') + 1)..] is var name && name.Contains('.', StringComparison.Ordinal) ? $"{InitFolder}/{name}" : InitFolder;

    /// <summary>How many connections the parameters allow; Postgres' own number where they do not say.</summary>
    public static int Connections(IReadOnlyDictionary<string, string> parameters)
        => int.TryParse(parameters.GetValueOrDefault("max_connections"), CultureInfo.InvariantCulture, out var number) ? number : UsualConnections;
}
