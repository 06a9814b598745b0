using System.Globalization;

namespace Infra.Operations.Up;

/// <summary>Finds out from <c>/proc</c> which process listens on a port.</summary>
public static class PortHolder
{
    private const string Listening = "0A";

    /// <summary><c>python3 (pid 4711)</c>, or nothing where that cannot be seen.</summary>
    public static string? Process(int port)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(file => File.ReadLines(file).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[3] == Listening && PortOf(fields[1]) == port)
            .Select(fields => $"socket:[{fields[9]}]").ToHashSet(StringComparer.Ordinal);
        return sockets.Count == 0 ? null : Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Where(folder => Holds(folder, sockets)).Select(Describe).FirstOrDefault();
    }

    private static int PortOf(string address) =>
        int.Parse(address.AsSpan(address.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static bool Holds(string folder, HashSet<string> sockets)
    {
        try
        {
            return new DirectoryInfo(Path.Combine(folder, "fd")).EnumerateFiles().Any(file => file.LinkTarget is { } link && sockets.Contains(link));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    private static string Describe(string folder)
    {
        var name = File.Exists(Path.Combine(folder, "comm")) ? File.ReadAllText(Path.Combine(folder, "comm")).Trim() : "unknown";
        return $"{name} (pid {Path.GetFileName(folder)})";
    }
}
