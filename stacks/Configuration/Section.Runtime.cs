using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <content>What an engine is told of any container.</content>
internal sealed partial class Section
{
    /// <summary>Services and how far they must have come: a list, or a map to conditions.</summary>
    public ImmutableSortedDictionary<string, Awaited> After(string key, string sentence)
    {
        Declare(key, SettingKinds.Waits, null, sentence, StackKinds.All);
        var waits = ImmutableSortedDictionary.CreateBuilder<string, Awaited>(StringComparer.Ordinal);
        switch (Take(key))
        {
            case null: break;
            case JsonArray list: foreach (var name in Texts(key, list)) waits[name] = new Awaited(null); break;
            case JsonObject map:
                foreach (var (name, value) in map)
                    if (
                        Enum.TryParse<WaitCondition>(value?.ToString(), ignoreCase: true, out var condition)
                        && !int.TryParse(value?.ToString(), out _)
                    )
                        waits[name] = new Awaited(condition);
                    else
                        Report($"{key}.{name}", $"'{value}' is not how far a service comes.", "Write started, healthy or completed.");
                break;
            default: Wrong(key, SettingKinds.Waits.Words, 0); break;
        }

        return waits.ToImmutable();
    }

    /// <summary>Published ports as Docker writes them: <c>[ADDRESS:]HOST:CONTAINER[/udp]</c>, or one number for both.</summary>
    public ImmutableArray<Port> Ports(string key, string sentence)
    {
        var ports = ImmutableArray.CreateBuilder<Port>();
        var texts = List(key, sentence);
        for (var at = 0; at < texts.Length; at++)
            if (PublishedPort().Match(texts[at]) is { Success: true } match && Number(match, "container") is { } container
                && (match.Groups["address"] is not { Success: true } written || IsAddress(written.Value.Trim('[', ']')))
                && (match.Groups["host"].Success ? Number(match, "host") : container) is { } host)
                ports.Add(new Port(container, host)
                {
                    Address = match.Groups["address"] is { Success: true } address ? address.Value.Trim('[', ']') : Model.Port.Loopback,
                    Protocol = match.Groups["protocol"] is { Success: true } protocol ? protocol.Value : "tcp",
                });
            else
                Report(FormattableString.Invariant($"{key}[{at}]"), $"'{texts[at]}' is not a published port.",
                    "Write PORT, HOST:CONTAINER or ADDRESS:HOST:CONTAINER, with /udp behind it where it is that: 127.0.0.1:8025:8025.");
        return ports.ToImmutable();

        static int? Number(Match match, string group) =>
            int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostPort
                ? number
                : null;
    }

    /// <summary>Folders and files of the project by where they appear in the container.</summary>
    public ImmutableArray<BindMount> Folders(string key, string sentence)
    {
        var mounts = ImmutableArray.CreateBuilder<BindMount>();
        foreach (var (path, text) in Map(key, sentence))
        {
            var target = ContainerPaths.WithoutEnd(path);
            var match = FolderText().Match(text);
            var (folder, options) = (match.Groups["folder"].Value, match.Groups["options"].Value.Split(','));
            if (!ContainerPaths.IsPath(target))
                Report($"{key}.{path}", $"'{path}' is not an absolute path in the container.", $"Write one with {PathWords}: /etc/app.");
            else if (ContainerPaths.IsKernels(target))
                Report($"{key}.{path}", $"'{path}' is the kernel's own, and no engine mounts anything there.", "Write another path: /host/proc.");
            else if (folder.Length == 0 || folder.Any(char.IsControl))
                Report(
                    $"{key}.{path}",
                    $"'{text}' is not a path.",
                    "Write a folder or file relative to the project's root: config, deploy/nginx.conf."
                );
            else
                mounts.Add(new BindMount(folder, target, !options.Contains("rw"))
                {
                    Relabel = options.Contains("z") ? Relabel.Shared : options.Contains("Z") ? Relabel.Private : Relabel.None,
                });
        }

        return mounts.ToImmutable();
    }

    /// <summary>When an engine starts it again.</summary>
    public RestartPolicy? Restart(string key, string sentence, string usually)
    {
        if (Text(key, sentence, usually) is not { } text) return null;
        if (RestartText().Match(text) is { Success: true } match)
            return match.Groups["mode"].Value switch
            {
                "no" or "false" => RestartPolicy.No,
                "on-failure" => new RestartPolicy(
                    RestartMode.OnFailure,
                    match.Groups["most"] is { Success: true } most ? int.Parse(most.Value, CultureInfo.InvariantCulture) : null
                ),
                "always" => new RestartPolicy(RestartMode.Always),
                _ => RestartPolicy.UnlessStopped,
            };
        Report(key, $"'{text}' is not a restart policy.", "Write no, on-failure, on-failure:5, unless-stopped or always.");
        return null;
    }

    /// <summary>An absolute path in a container, or none.</summary>
    public string? ContainerPathOrNone(string key, string sentence, string usually)
    {
        Declare(key, SettingKinds.Path, usually, sentence, StackKinds.All);
        if (Raw(key) is not { } text) return null;
        if (ContainerPaths.WithoutEnd(text) is var path && (path == "/" || ContainerPaths.IsPath(path))) return path;
        Report(key, $"'{text}' is not an absolute path in the container.", $"Write one with {PathWords}: /app.");
        return null;
    }

    /// <summary>A machine's name or address.</summary>
    public string? HostName(string key, string sentence) => Matching(
        key,
        Text(key, sentence, "none, must be set"),
        Machine(),
        "the name of a machine",
        "Write it without a scheme and a port: db.example.com."
    );

    private string? Matching(string key, string? text, Regex pattern, string what, string then)
    {
        if (text is null || pattern.IsMatch(text)) return text;
        Report(key, $"'{text}' is not {what}.", then);
        return null;
    }

    [GeneratedRegex(
        @"\A(((?<address>[0-9]{1,3}(\.[0-9]{1,3}){3}|\[[0-9a-fA-F:.]+\]):)?(?<host>[0-9]{1,5}):)?(?<container>[0-9]{1,5})(/(?<protocol>tcp|udp))?\z"
    )]
    private static partial Regex PublishedPort();

    [GeneratedRegex(@"\A(?<folder>.*?)(:(?<options>(r[ow]|[zZ])|r[ow],[zZ]|[zZ],r[ow]))?\z", RegexOptions.Singleline)]
    private static partial Regex FolderText();
    [GeneratedRegex(@"\A([A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9a-fA-F:.]+\])\z")]
    private static partial Regex Machine();

    [GeneratedRegex(@"\A(?<mode>no|false|always|unless-stopped|on-failure)((?<=on-failure):(?<most>[1-9][0-9]{0,3}))?\z")]
    private static partial Regex RestartText();
}
