namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>What no command may leave behind, whatever became of it, once another one has ended.</summary>
internal static class Remains
{
    // What the engine runs inside a container does not end with its client, but soon after.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    /// <summary>Waits until nothing is left.</summary>
    public static Task NothingAsync(Project project, string story) => Eventually.SeesAsync(
        $"nothing left of {story}", Patience, async () => string.Join('\n', await OfAsync(project)), left => left.Length == 0);

    private static async Task<string[]> OfAsync(Project project) =>
    [
        .. Files(project.PathOf(".secrets")).Concat(Files(project.PathOf(".infra"))).Where(IsLeft),
        .. Files(project.PathOf("backups")).Where(file => file.Contains("/.", StringComparison.Ordinal)),
        .. Holders(project),
        .. await InsideAsync(project, "postgres", "ls -d /tmp/postgres-roles.* 2>/dev/null || true"),
        .. (await Entrusted.SqlAsync(project, @"SELECT 'database ' || datname FROM pg_database WHERE datname LIKE 'app\__%'"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries),
        .. await InsideAsync(project, "redis", "find /data -mindepth 1 -maxdepth 1 -name '.*'"),
        .. await InsideAsync(project, "rabbitmq", "ls -d /tmp/.definitions.json /tmp/.user /tmp/.password 2>/dev/null || true"),
        .. await InsideAsync(project, "web", $"find {ChaosStack.Uploads} -mindepth 1 -maxdepth 1 -name '.*'"),
    ];

    // Who holds the stack's lock, as far as it is known.
    private static IEnumerable<string> Holders(Project project)
        => new[] { "/run/lock", "/tmp" }.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, $"infra-{project.Label}-*.holder"))
            .Where(holder => new FileInfo(holder).Length > 0);

    private static bool IsLeft(string file) => Path.GetFileName(file) is var name
        && (name is "stopped" or "going-down" or "restoring" || name.StartsWith(".probe", StringComparison.Ordinal)
            || Path.GetExtension(name) is ".new" or ".draft" or ".next");

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, "*", All) : [];

    private static async Task<IEnumerable<string>> InsideAsync(Project project, string service, string script)
        => (await Engine.LinesAsync("exec", project.Container(service), "sh", "-c", script)).Select(line => $"{service}: {line}");
}
