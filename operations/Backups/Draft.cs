using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Operations.Backups;

/// <summary>The folder of a backup that is being taken: hidden, and named after the process that writes it.</summary>
internal static partial class Draft
{
    /// <summary>Where this process writes what becomes the backup at that path.</summary>
    public static string From(string backup)
        => Path.Combine(Path.GetDirectoryName(backup)!, FormattableString.Invariant($".{Path.GetFileName(backup)}.{Environment.ProcessId}"));

    /// <summary>Removes those of processes that were killed, and with them the half of a dump; answers what to say of it.</summary>
    public static IEnumerable<string> Sweep(string folder)
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var path in Directory.EnumerateDirectories(folder, ".*").Where(IsAbandoned).ToArray())
            yield return Remove(path) is { } fault
                ? $"{path}: It is left over from a backup that was killed, and cannot be removed: {fault} Remove it by hand."
                : $"{path}: removed; it was left over from a backup that was killed.";
    }

    private static bool IsAbandoned(string path) =>
        Name().Match(Path.GetFileName(path)) is { Success: true } name
        && int.TryParse(name.Groups[1].Value, CultureInfo.InvariantCulture, out var process)
        // One with this process's id is of an earlier process: this one has not started yet.
        && (process == Environment.ProcessId || !IsRunning(process));

    private static bool IsRunning(int process)
    {
        try
        {
            Process.GetProcessById(process).Dispose();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string? Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    [GeneratedRegex(@"\A\.\d{8}T\d{6}Z\.(\d+)\z")]
    private static partial Regex Name();
}
