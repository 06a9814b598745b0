namespace Infra.Operations.Engine;

/// <summary>Paths without links in them, so that two names of one place are the same.</summary>
public static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path without links, as far as it leads.</summary>
    public static string Resolve(string path) => Resolve(path, MostLinks);

    private static string Resolve(string path, int links)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        foreach (var part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            real = links > 0 && new FileInfo(next).LinkTarget is { } target ? Resolve(Path.Combine(real, target), links - 1) : next;
        }

        return real;
    }
}
