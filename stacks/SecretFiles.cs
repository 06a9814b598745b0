using System.Diagnostics;
using System.Security.Cryptography;
using Infra.Model;

namespace Infra.Stacks;

/// <summary>Secrets as files of one folder, which nobody but its owner may enter.</summary>
public sealed class SecretFiles(string directory)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // The folder keeps others on the host out; in a container, where a service runs as a user of its own, the file is readable.
    private const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The folder of a stack's secrets.</summary>
    public static SecretFiles Of(string root, string stack) => new(Path.Combine(root, ".secrets", stack));

    /// <summary>Makes a folder that nobody but its owner may enter, or makes such a one of what is there.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        var folder = Directory.CreateDirectory(path, OwnerOnly);
        // Where a link leads to, others may have their business.
        if (folder.LinkTarget is null && folder.UnixFileMode != OwnerOnly) folder.UnixFileMode = OwnerOnly;
    }

    /// <summary>Lets a container's user read a file, which only a closed folder makes safe; a link, which leads out of it, stays as it is.</summary>
    public static void MakeReadable(string path)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(path).LinkTarget is not null) return;
        try
        {
            if ((File.GetUnixFileMode(path) & ReadByAll) != ReadByAll) File.SetUnixFileMode(path, ReadByAll);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            // Nothing is there to be read.
        }
    }

    /// <summary>Keeps others on the host out, and lets containers read these: what somebody wrote by hand has the modes of their umask.</summary>
    /// <returns>What to do where that is not ours to change.</returns>
    public string? Protect(IEnumerable<Secret> secrets)
    {
        var path = directory;
        try
        {
            if (!Directory.Exists(directory)) return null;
            // The folder first: in an open one, nothing is readable for a moment.
            MakeFolder(directory);
            foreach (var secret in secrets) MakeReadable(path = PathOf(secret));
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var what = path == directory ? "Others on this machine may enter the folder" : "Its containers may not read the file";
            return $"{path}: {what}, and that cannot be changed: {error.Message} Make it yours with 'sudo chown -R $(id -u) {directory}', and run the same command again.";
        }
    }

    /// <summary>Where the secret is, or would be.</summary>
    public string PathOf(Secret secret) => Path.Combine(directory, secret.Name);

    /// <summary>The secret without a line break at its end, or nothing when there is no such file.</summary>
    public string? Read(Secret secret)
    {
        try
        {
            return File.ReadAllText(PathOf(secret)).TrimEnd('\r', '\n');
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The secret, made up on first use. Of several at once, one makes it and all get it; a file that is there is never touched.</summary>
    public string ReadOrCreate(Secret secret) => Read(secret) ?? Create(secret);

    /// <summary>A value that nobody has seen.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The value that a rotation is about to give it, where one has begun and not ended.</summary>
    public string? Pending(Secret secret) => File.Exists(PendingPathOf(secret)) ? File.ReadAllText(PendingPathOf(secret)) : null;

    /// <summary>Notes the value that it is about to have, so that a rotation that is interrupted can be finished.</summary>
    public void Prepare(Secret secret, string value) => Replace(PendingPathOf(secret), value);

    /// <summary>Gives it another value, in one step.</summary>
    public void Write(Secret secret, string value) => Replace(PathOf(secret), value);

    /// <summary>Forgets the value that was noted.</summary>
    public void Forget(Secret secret) => File.Delete(PendingPathOf(secret));

    private void Replace(string path, string value)
    {
        MakeFolder(directory);
        var draft = path + ".draft";
        File.Delete(draft);
        File.WriteAllText(draft, value);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(draft, ReadByAll);
        File.Move(draft, path, overwrite: true);
    }

    private string PendingPathOf(Secret secret) => Path.Combine(directory, $".{secret.Name}.next");

    // Whoever makes the draft makes the secret: to move a draft of one's own is no claim, since of two that find nothing both succeed.
    private string Create(Secret secret)
    {
        MakeFolder(directory);
        var draft = Path.Combine(directory, $".{secret.Name}.new");
        for (var waited = Stopwatch.StartNew(); !TryMake(draft, secret); Thread.Sleep(5))
        {
            if (waited.Elapsed < Patience) continue;
            // Its maker was killed.
            File.Delete(draft);
            waited.Restart();
        }

        return Read(secret) ?? throw new IOException($"{PathOf(secret)}: it was removed as soon as it was written. Run again.");
    }

    private bool TryMake(string draft, Secret secret)
    {
        if (File.Exists(PathOf(secret))) return true;
        try
        {
            new FileStream(draft, FileMode.CreateNew).Dispose();
        }
        catch (IOException) when (File.Exists(draft) || File.Exists(PathOf(secret)))
        {
            return false;
        }

        try
        {
            // Made between the look and the claim, it stays.
            if (File.Exists(PathOf(secret))) return true;
            File.WriteAllText(draft, Generate());
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(draft, ReadByAll);
            File.Move(draft, PathOf(secret));
            return true;
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
