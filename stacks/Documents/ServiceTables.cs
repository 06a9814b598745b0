using System.Collections.Immutable;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Documents;

/// <summary>
/// Divides the keys of services into tables: those that every kind has (<c>services</c>), those that every kind has that runs a command
/// (<c>services.processes</c>), and the rest of each kind (<c>services.web</c>).
/// </summary>
internal static class ServiceTables
{
    private const string Processes = "processes";

    /// <summary>The tables that a page must have.</summary>
    public static IEnumerable<string> Paths(ImmutableArray<Setting> settings) => settings.FirstOrDefault(setting => setting.IsMapOfKinds) is { } map
        ? Kinds(settings, map).Append(Processes).Select(name => $"{map.Path}.{name}")
        : [];

    /// <summary>The rows of a table; nothing where it is none of these.</summary>
    public static IEnumerable<(string Key, Setting Setting)>? Of(ImmutableArray<Setting> settings, string path)
    {
        if (settings.FirstOrDefault(setting => setting.IsMapOfKinds) is not { } map || (path != map.Path && !path.StartsWith(map.Path + ".", StringComparison.Ordinal))) return null;
        var kinds = Kinds(settings, map).Select(kind => Keys(settings, $"{map.Path}.{kind}")).ToArray();
        var processes = kinds.Where(keys => keys.ContainsKey("environment")).ToArray();
        var general = Common(kinds);
        var ofProcesses = Common(processes).Except(general).ToHashSet();
        if (path == map.Path) return kinds[0].Where(pair => general.Contains(pair.Key)).Select(pair => (pair.Key, pair.Value));
        return path == $"{map.Path}.{Processes}"
            ? processes[0].Where(pair => ofProcesses.Contains(pair.Key)).Select(pair => (pair.Key, pair.Value))
            : Keys(settings, path).Where(pair => !general.Contains(pair.Key) && !ofProcesses.Contains(pair.Key)).Select(pair => (pair.Key, pair.Value));
    }

    private static HashSet<string> Common(Dictionary<string, Setting>[] kinds) =>
        kinds.Aggregate(kinds[0].Keys.ToHashSet(), (common, keys) => [.. common.Where(key => keys.TryGetValue(key, out var other) && Same(other, kinds[0][key]))]);

    // A key of the same name may say something else in another kind.
    private static bool Same(Setting left, Setting right) => left.Sentence == right.Sentence && left.Kind?.Name == right.Kind?.Name && left.Usual == right.Usual;

    private static IEnumerable<string> Kinds(ImmutableArray<Setting> settings, Setting map)
        => settings.Where(setting => setting.Kind is null && IsBelow(setting, map.Path) && !setting.Path[(map.Path.Length + 1)..].Contains('.', StringComparison.Ordinal)).Select(setting => setting.Key);

    private static Dictionary<string, Setting> Keys(ImmutableArray<Setting> settings, string path)
        => settings.Where(setting => IsBelow(setting, path)).ToDictionary(setting => setting.Path[(path.Length + 1)..]);

    private static bool IsBelow(Setting setting, string path) => setting.Path.StartsWith(path + ".", StringComparison.Ordinal);
}
