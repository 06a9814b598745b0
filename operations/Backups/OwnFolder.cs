namespace Infra.Operations.Backups;

/// <summary>Folders that only their owner may enter: what lies in a backup is everything that the application knows.</summary>
internal static class OwnFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes it, and what is missing above it, closed to others; one that is there is closed, and what is above it left as it is.</summary>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (Directory.Exists(path))
        {
            if (File.GetUnixFileMode(path) != OwnerOnly) File.SetUnixFileMode(path, OwnerOnly);
            return;
        }

        foreach (var missing in Above(path).Reverse()) Directory.CreateDirectory(missing, OwnerOnly);
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var folder = path; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)) yield return folder;
    }
}
