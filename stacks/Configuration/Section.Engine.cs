using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <content>What a container finds around it: the kernel's limits, devices, names, networks.</content>
internal sealed partial class Section
{
    // The names that engines know.
    private static readonly string[] UlimitNames =
    [
        "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending", "stack",
    ];

    // Fewer are not enough for what engines do before the program starts.
    private const int LeastFiles = 64;

    // What stacks call their own: there, another's "data" would not be closed to the outside.
    private static readonly string[] NetworksOfStacks = ["app", "app-network", "data", "default", "edge", "monitoring", "network", "tools"];

    private static readonly string[] ModesOfEngines = ["bridge", "host", "none"];

    /// <summary>The kernel's limits, each a number or two.</summary>
    public ImmutableSortedDictionary<string, Ulimit> Ulimits(string key, string sentence)
    {
        Declare(key, SettingKinds.Ulimits, null, sentence, StackKinds.All);
        var limits = ImmutableSortedDictionary.CreateBuilder<string, Ulimit>(StringComparer.Ordinal);
        if (Take(key) is not { } value) return limits.ToImmutable();
        foreach (var (name, limit) in value as JsonObject ?? Wrong(key, SettingKinds.Ulimits.Words, new JsonObject()))
            if (!UlimitNames.Contains(name))
                Report(
                    $"{key}.{name}",
                    $"Engines know no limit '{name}'.",
                    Nearest.HintOr(name, UlimitNames, $"Limits: {string.Join(", ", UlimitNames)}.")
                );
            else if (limit is null)
                continue;
            else if (name == "nofile" && Limit(limit) is { IsPossible: true, Soft: >= 0 and < LeastFiles })
                Report($"{key}.{name}", "No program starts with so few open files.", FormattableString.Invariant($"Write {LeastFiles} or more."));
            else if (Limit(limit) is { IsPossible: true } read)
                limits[name] = read;
            else
                Report(
                    $"{key}.{name}",
                    $"{Shown(limit)} is not a limit.",
                    $"Write a number, or {{ soft: NUMBER, hard: NUMBER }} with soft up to hard; {Ulimit.Unlimited} is without limit."
                );
        return limits.ToImmutable();
    }

    private static Ulimit? Limit(JsonNode limit) => limit switch
    {
        JsonObject { Count: 2 } pair when Bound(pair["soft"]) is { } soft && Bound(pair["hard"]) is { } hard => new Ulimit(soft, hard),
        JsonValue when Bound(limit) is { } both => new Ulimit(both, both),
        _ => null,
    };

    private static int? Bound(JsonNode? node)
    {
        var isNumber = int.TryParse(node?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        return isNumber && number >= Ulimit.Unlimited ? number : null;
    }

    private static string Shown(JsonNode node) => node is JsonValue ? $"'{node}'" : "This";

    /// <summary>Devices as Docker writes them: <c>HOST[:CONTAINER][:PERMISSIONS]</c>.</summary>
    public ImmutableArray<Device> Devices(string key, string sentence)
    {
        var devices = ImmutableArray.CreateBuilder<Device>();
        var texts = List(key, sentence);
        for (var at = 0; at < texts.Length; at++)
            if (DeviceText().Match(texts[at]) is { Success: true } match && !texts[at].Split('/', ':').Contains(".."))
                devices.Add(new Device(
                    match.Groups["host"].Value,
                    match.Groups["container"] is { Success: true } container ? container.Value : match.Groups["host"].Value,
                    match.Groups["permissions"] is { Success: true } permissions ? permissions.Value : Device.All
                ));
            else
                Report(FormattableString.Invariant($"{key}[{at}]"), $"'{texts[at]}' is not a device.",
                    "Write /dev/NAME, or /dev/NAME:/dev/OTHER:rw with what it is called in the container and any of r, w and m.");
        foreach (var same in devices.GroupBy(device => device.Container).Where(same => same.Count() > 1))
            Report(key, $"Several would be '{same.Key}' in the container.", "Give each a name of its own behind a colon.");
        return devices.ToImmutable();
    }

    /// <summary>Graphics processors: all, or so many.</summary>
    public Gpus? Gpus(string key, string sentence)
    {
        Declare(key, SettingKinds.Gpus, null, sentence, StackKinds.All);
        if (Scalar(key, SettingKinds.Gpus.Words) is not { } text) return null;
        if (text == "all") return new Gpus();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 64) return new Gpus(count);
        return Refused<Gpus?>(key, $"'{text}' is not {SettingKinds.Gpus.Words}.", $"Write {SettingKinds.Gpus.Words}.", null);
    }

    /// <summary>Parameters of the kernel that a container has of its own.</summary>
    public ImmutableSortedDictionary<string, string> Sysctls(string key, string sentence)
        => Only(key, Map(key, sentence), (name, value) =>
            !OwnParameter().IsMatch(name)
                ? ($"'{name}' is the whole machine's, and no container has it of its own.",
                    "Write one below net. or fs.mqueue., or one of System V's (kernel.shmmax, kernel.sem, kernel.msgmax); set others on the machine.")
            : value.Length == 0 || value.Any(char.IsControl) ? ("It has no value.", "Write its value: \"1024\".")
            : null);

    /// <summary>A platform as images have it.</summary>
    public string? Platform(string key, string sentence, string usually)
        => Matching(key, Text(key, sentence, usually), PlatformText(), "a platform", "Write it as images do: linux/amd64, linux/arm/v7.");

    /// <summary>A time zone by its name.</summary>
    public string? TimeZone(string key, string sentence, string usually)
        => Matching(key, Text(key, sentence, usually), ZoneName(), "a time zone", "Write its name as in tz's database: Europe/Madrid, UTC.");

    /// <summary>Folders in memory.</summary>
    public ImmutableSortedDictionary<string, TmpfsMount> TmpfsMounts(string key, string sentence)
    {
        var mounts = ImmutableSortedDictionary.CreateBuilder<string, TmpfsMount>(StringComparer.Ordinal);
        foreach (var (path, text) in Map(key, sentence))
            if (ContainerPaths.WithoutEnd(path) is var target && !ContainerPaths.IsPath(target))
                Report($"{key}.{path}", $"'{path}' is not an absolute path in the container.", $"Write one with {PathWords}: /run/nginx.");
            else if (ContainerPaths.IsKernels(target) || target is "/dev" or "/sys")
                Report($"{key}.{path}", $"'{path}' is what the engine itself mounts, and no program works without it.", "Choose another path.");
            else if (target == "/tmp")
                Report($"{key}.{path}", "The size of /tmp has a key of its own.", "Write it as temporary.");
            else if (mounts.ContainsKey(target))
                Report($"{key}.{path}", $"'{target}' is there twice.", "Drop one of the two.");
            else if (Size.TryParse(text, out var size))
                mounts[target] = new TmpfsMount(target, size);
            else
                Report($"{key}.{path}", $"'{text}' is not {SettingKinds.Memory.Words}.", $"Write {SettingKinds.Memory.Words}.");
        return mounts.ToImmutable();
    }

    /// <summary>Networks that are none of the stack's own.</summary>
    public ImmutableArray<Network> Networks(string key, string sentence)
    {
        var names = List(key, sentence);
        foreach (var name in names.Where(name => !NetworkName().IsMatch(name)))
            Report(key, $"'{name}' is not a network's name.", "Write lower-case letters, digits and '-', with a letter first, up to 40 of them.");
        foreach (var name in names.Where(ModesOfEngines.Contains))
            Report(key, $"'{name}' is what engines call a way to be without a network of one's own.", "Name another.");
        foreach (var name in names.Where(NetworksOfStacks.Contains))
            Report(key, $"'{name}' is what stacks call a network of their own.", "Give it another name; the stack's own networks it is on anyway.");
        return
        [
            .. names.Where(NetworkName().IsMatch).Except([.. NetworksOfStacks, .. ModesOfEngines]).Select(name => new Network(name)),
        ];
    }

    private ImmutableSortedDictionary<string, string> Only(
        string key,
        ImmutableSortedDictionary<string, string> map,
        Func<string, string, (string What, string Then)?> fault
    )
    {
        foreach (var (name, value) in map)
            if (fault(name, value) is { } found)
            {
                Report($"{key}.{name}", found.What, found.Then);
                map = map.Remove(name);
            }

        return map;
    }

    private T Refused<T>(string key, string what, string then, T fallback)
    {
        Report(key, what, then);
        return fallback;
    }

    [GeneratedRegex(@"\A(?<host>/dev/[A-Za-z0-9._/@-]+)(:(?<container>/[A-Za-z0-9._/@-]+))?(:(?<permissions>[rwm]{1,3}))?\z")]
    private static partial Regex DeviceText();

    [GeneratedRegex(
        @"\A(net(\.[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*)+|fs\.mqueue\.[a-z_]+|kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced))\z"
    )]
    private static partial Regex OwnParameter();

    [GeneratedRegex(@"\Alinux/[a-z0-9]+(/v[0-9]+)?\z")]
    private static partial Regex PlatformText();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}\z")]
    private static partial Regex ZoneName();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,39}\z")]
    private static partial Regex NetworkName();
}
