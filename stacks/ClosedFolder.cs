namespace Infra.Stacks;

/// <summary>Folders that only their owner may enter, for what has secrets in it.</summary>
public static class ClosedFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Creates one, or closes an existing folder. What a link leads to must be closed already: others may use that folder.</summary>
    /// <exception cref="IOException">Others may enter what the link leads to.</exception>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (OpenLink(path) is { } open) throw new IOException(open);
        var folder = Directory.CreateDirectory(path, OwnerOnly);
        if (folder.UnixFileMode != OwnerOnly && LinkOf(folder) is null) folder.UnixFileMode = OwnerOnly;
    }

    /// <summary>What to do about a folder elsewhere, behind a link, that others may enter; nothing where none may.</summary>
    public static string? OpenLink(string path)
    {
        if (OperatingSystem.IsWindows() || LinkOf(new DirectoryInfo(path)) is not { } link) return null;
        var real = Real(new DirectoryInfo(path));
        if (!Directory.Exists(real))
            return $"{link}: It leads to {real}, where there is no folder. Create it with 'mkdir -m 700 {real}', or remove the link.";
        var mode = File.GetUnixFileMode(real);
        return (mode & OfOthers) == 0 && IsOurs(real, mode) ? null
            : $"{link}: It leads to {real}, which is not closed to others on this machine, and what lies elsewhere is not closed from here. "
                + $"Make it yours and run 'chmod 700 {real}', or put a folder in the link's place.";
    }

    // The link by which it is reached: itself, or a folder above it up to that of all stacks.
    private static string? LinkOf(DirectoryInfo path)
    {
        if (path.LinkTarget is not null) return path.FullName;
        for (var folder = path.Parent; folder is not null && path.FullName.Contains("/.secrets/", StringComparison.Ordinal); folder = folder.Parent)
        {
            if (folder.LinkTarget is not null) return folder.FullName;
            if (folder.Name == ".secrets") return null;
        }

        return null;
    }

    private static string Real(DirectoryInfo folder) => folder switch
    {
        { LinkTarget: not null } => folder.ResolveLinkTarget(returnFinalTarget: true)!.FullName,
        { Name: ".secrets" } or { Parent: null } => folder.FullName,
        _ => Path.Combine(Real(folder.Parent), folder.Name),
    };

    // Nobody but its owner, and root, may give a folder the mode that it has.
    private static bool IsOurs(string path, UnixFileMode mode)
    {
        try
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
