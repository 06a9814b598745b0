using System.Security.Cryptography;
using System.Text;
using Infra.Model;
using Infra.Operations.Foundation;

namespace Infra.Operations.Engine;

/// <summary>
/// A hash of everything that an image is built from. A file that <c>.dockerignore</c> leaves out by a plain pattern does not
/// count; one that it leaves out in a way not understood here does, which at worst builds from the cache.
/// </summary>
public static class BuildContext
{
    /// <summary>The hash, in hexadecimal; the same for the same content, whatever the times of its files.</summary>
    public static string Hash(string root, BuiltImage image)
    {
        var context = Path.GetFullPath(image.Context, root);
        var ignore = IgnoreFile.Read(context, image.Dockerfile);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var build = $"{image.Dockerfile}|{image.Target}|{string.Join(',', image.Args.Select(arg => $"{arg.Key}={arg.Value}"))}|{image.Network}";
        if (!image.Platforms.IsEmpty) build += $"|{string.Join(',', image.Platforms)}";
        hash.AppendData(Encoding.UTF8.GetBytes(build));
        if (image.Base is not null) hash.AppendData(Encoding.UTF8.GetBytes(Hash(root, image.Base)));
        foreach (var path in Files(context, image, ignore).Append(image.Dockerfile).Distinct().Order(StringComparer.Ordinal))
        {
            var file = Path.Combine(context, path);
            hash.AppendData(Encoding.UTF8.GetBytes(path));
            if (path != image.Dockerfile && new FileInfo(file).LinkTarget is { } target)
            {
                // The builder gets the link as it is, whether or not anything is at its end.
                hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(target)));
                continue;
            }

            if (!File.Exists(file)) continue;
            hash.AppendData(Content(image, path, file));
            if (!OperatingSystem.IsWindows()) hash.AppendData([(byte)(File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute) ? 1 : 0)]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // A pipe or a socket has no length, and would be read for ever or not at all: the builder passes over what is in it, too.
    private static byte[] Content(BuiltImage image, string path, string file)
    {
        try
        {
            if (new FileInfo(file).Length == 0) return SHA256.HashData([]);
            using var content = File.OpenRead(file);
            return SHA256.HashData(content);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(image, path, error);
        }
    }

    private static IEnumerable<string> Files(string context, BuiltImage image, IgnoreFile ignore)
    {
        var folders = new Stack<string>([context]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in Entries(context, folder, image, ignore))
            {
                var path = PathOf(context, entry);
                var isFolder = Directory.Exists(entry) && new FileInfo(entry).LinkTarget is null;
                var leftOut = ignore.LeavesOut(path);
                if (isFolder && (!leftOut || ignore.HasExceptions)) folders.Push(entry);
                else if (!isFolder && !leftOut) yield return path;
            }
        }
    }

    // A folder that is left out is looked into for exceptions alone: what cannot be seen there is none.
    private static string[] Entries(string context, string folder, BuiltImage image, IgnoreFile ignore)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var path = PathOf(context, folder);
            return ignore.LeavesOut(path) ? [] : throw Unreadable(image, path, error);
        }
    }

    private static string PathOf(string context, string entry) => Path.GetRelativePath(context, entry).Replace('\\', '/');

    private static UserErrorException Unreadable(BuiltImage image, string path, Exception error) =>
        UserErrorException.BadInput(
            $"{(path == "." ? image.Context : $"{image.Context}/{path}")}: It goes into the image '{image.Name}', and cannot be read: "
                + $"{error.Message} Make it readable, or leave it out by .dockerignore."
        );
}
