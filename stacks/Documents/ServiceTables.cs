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
        if (settings.FirstOrDefault(setting => setting.IsMapOfKinds) is not { } map) return null;
        if (path != map.Path && !IsBelow(path, map.Path)) return null;
        var kinds = Kinds(settings, map).Select(kind => Keys(settings, $"{map.Path}.{kind}")).ToArray();
        var processes = kinds.Where(IsProcess).ToArray();
        // What never runs here has nothing of a container.
        var general = Common([.. kinds.Where(keys => keys.ContainsKey("restart"))]);
        var ofProcesses = Common(processes).Except(general).ToHashSet();
        if (path == map.Path) return Rows(kinds[0], general.Contains);
        if (path == $"{map.Path}.{Processes}") return Rows(processes[0], ofProcesses.Contains);
        var own = Keys(settings, path);
        return Rows(own, key => !general.Contains(key) && !(IsProcess(own) && ofProcesses.Contains(key)));
    }

    private static IEnumerable<(string Key, Setting Setting)> Rows(Dictionary<string, Setting> keys, Func<string, bool> isOf)
        => keys.Where(pair => isOf(pair.Key)).Select(pair => (pair.Key, pair.Value));

    private static bool IsProcess(Dictionary<string, Setting> kind) => kind.ContainsKey("environment");

    private static HashSet<string> Common(Dictionary<string, Setting>[] kinds)
        => [.. kinds[0].Where(pair => kinds.All(keys => Has(keys, pair.Key, pair.Value))).Select(pair => pair.Key)];

    private static bool Has(Dictionary<string, Setting> keys, string key, Setting setting)
        => keys.TryGetValue(key, out var other) && Same(other, setting);

    // A key of the same name may say something else in another kind.
    private static bool Same(Setting left, Setting right)
        => left.Sentence == right.Sentence && left.Kind?.Name == right.Kind?.Name && left.Usual == right.Usual;

    private static IEnumerable<string> Kinds(ImmutableArray<Setting> settings, Setting map)
        => settings.Where(setting => setting.Kind is null && setting.Path == $"{map.Path}.{setting.Key}").Select(setting => setting.Key);

    private static Dictionary<string, Setting> Keys(ImmutableArray<Setting> settings, string path)
        => settings.Where(setting => IsBelow(setting.Path, path)).ToDictionary(setting => setting.Path[(path.Length + 1)..]);

    private static bool IsBelow(string path, string section) => path.StartsWith(section + ".", StringComparison.Ordinal);
}
