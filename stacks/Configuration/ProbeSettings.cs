using System.Collections.Immutable;
using System.Globalization;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>How one service is asked whether it is well, and how often and how patiently; what is unset is its component's own way.</summary>
public sealed record ProbeSettings
{
    /// <summary>A command of its own.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>A port and a path that answer 200: <c>:9200/_cluster/health</c>.</summary>
    public required (int Port, string Path)? Http { get; init; }

    /// <summary>A port that takes connections.</summary>
    public required int? Tcp { get; init; }

    /// <summary>A file that is touched.</summary>
    public required string? File { get; init; }

    /// <summary>The most seconds since that was.</summary>
    public required TimeSpan? FileAge { get; init; }

    /// <summary>Whether the image's own HEALTHCHECK is kept.</summary>
    public required bool Image { get; init; }

    /// <summary>Why it has none.</summary>
    public required string? None { get; init; }

    /// <summary>How often and how patiently.</summary>
    public required ProbeTimes Times { get; init; }

    /// <summary>Whether it says what is asked.</summary>
    public bool IsOwn => !Command.IsEmpty || Http is not null || Tcp is not null || File is not null || Image || None is not null;

    /// <summary>Whether it says how often and how patiently.</summary>
    public bool IsTimed => Times.IsSet;

    /// <summary>The service's probe.</summary>
    public HealthCheck? On(ServiceSpec service)
    {
        if (None is not null) return null;
        var probe = !Command.IsEmpty ? Ours([.. service.WithPrefix(Command)])
            : Http is { } http ? Ours(NetworkProbe.Http(http.Port, http.Path))
            : Tcp is { } port ? Ours(NetworkProbe.Tcp(port))
            : File is { } file ? Heartbeat.Probe(file, FileAge ?? TimeSpan.FromSeconds(60), hasShell: true, "probe.command")
            : Image ? HealthCheck.OfImage
            : service.Health;
        return probe is null ? null : Times.On(probe);
    }

    // A command may start a whole interpreter: at a socket's pace it would slow down the start that it waits for.
    private static HealthCheck Ours(ImmutableArray<string> test) => HealthCheck.Exec([.. test]) with { StartInterval = TimeSpan.FromSeconds(1) };

    internal static ProbeSettings Read(Section probe)
    {
        var settings = new ProbeSettings
        {
            Command = probe.Command("command", [], "a command in its container that ends with 0 when it is well; `[sh, -c, …]` for a shell"),
            Http = Address(probe),
            Tcp = probe.Port("tcp", "a port in its container that takes connections when it is well"),
            File = probe.ContainerPathOrNone("file", "a file that it touches while it is well", "none"),
            FileAge = probe.Seconds("fileAgeSeconds", "how long ago that may be", "`60`"),
            Image = probe.Flag("image", false, "`true`: the image's own HEALTHCHECK is kept; it must have one"),
            None = probe.Text("none", "why it has no probe: others wait until it has started, and nobody sees when it no longer works"),
            Times = ProbeTimes.Read(probe),
        };
        string[] ways = [.. new[] { "command", "http", "tcp", "file", "image", "none" }.Where(probe.IsSet)];
        if (ways.Length > 1)
            probe.Report(ways[1], $"{ways[0]} is set, too, and a service has one probe.", "Drop one of the two.");
        if (settings.None is { } reason && reason.Trim().Length == 0)
            probe.Report("none", "It gives no reason.", "Write why it has no probe, or drop it.");
        if (settings.Command is ["CMD" or "CMD-SHELL" or "NONE", ..])
            probe.Report("command", $"'{settings.Command[0]}' is Docker's own word before a command, and no program.", "Write the command alone.");
        if (settings.FileAge is not null && settings.File is null)
            probe.Report("fileAgeSeconds", "There is no file whose age it could be.", "Set file, or drop it.");
        if (settings is { None: not null, IsTimed: true })
            probe.Report("none", "Without a probe its times would change nothing.", "Drop none, or the times.");
        return settings;
    }

    private static (int Port, string Path)? Address(Section probe)
    {
        if (probe.Text("http", "a port in its container, and a path, that answer 200 when it is well: `:9200/_cluster/health`") is not { } text)
            return null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (port, path) = slash < 0 ? (text, "/") : (text[..slash], text[slash..]);
        if (int.TryParse(port.TrimStart(':'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536
            && path.All(letter => letter is > ' ' and < '\x7f' and not ('\'' or '"' or '\\' or '$' or '`')))
            return (number, path);
        probe.Report("http", $"'{text}' is not a port with a path.", "Write :PORT/PATH, such as :9200/_cluster/health.");
        return null;
    }
}
