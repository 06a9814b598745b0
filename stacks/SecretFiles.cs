using System.Diagnostics;
using System.Security.Cryptography;
using Infra.Model;

namespace Infra.Stacks;

/// <summary>Secrets as files of one folder, which only its owner may enter.</summary>
public sealed class SecretFiles(string directory)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The folder of a stack's secrets.</summary>
    public static SecretFiles For(string root, string stack) => new(Path.Combine(root, ".secrets", stack));

    /// <summary>Keeps other users out of the folder: one created by hand has the mode of the umask.</summary>
    /// <returns>What to do where that is not ours to change.</returns>
    public string? Protect()
    {
        try
        {
            if (ClosedFolder.OpenLink(directory) is { } open) return open;
            if (Directory.Exists(directory)) ClosedFolder.Make(directory);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{directory}: Others on this machine may enter the folder, and that cannot be changed: {error.Message} "
                + $"Make it yours with 'sudo chown -R $(id -u) {directory}', and run the same command again.";
        }
    }

    /// <summary>Where the secret is, or would be.</summary>
    public string PathOf(Secret secret) => Path.Combine(directory, secret.Name);

    /// <summary>The secret, byte for byte, or nothing when there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read; the message is for a person.</exception>
    public SecretValue? Read(Secret secret) => ReadFile(PathOf(secret));

    /// <summary>The secret, generated on first use. One of several processes generates it, all get it; an existing file is never changed.</summary>
    public SecretValue ReadOrCreate(Secret secret) => Read(secret) ?? Create(secret);

    /// <summary>A new random value.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The value that a rotation is about to give it, where one has begun and not ended.</summary>
    public SecretValue? Pending(Secret secret) => ReadFile(PendingPathOf(secret));

    /// <summary>Notes the value that it is about to have, so that a rotation that is interrupted can be finished.</summary>
    public void Prepare(Secret secret, SecretValue value) => Replace(PendingPathOf(secret), value);

    /// <summary>Gives it another value, in one step.</summary>
    public void Write(Secret secret, SecretValue value) => Replace(PathOf(secret), value);

    /// <summary>Forgets the value that was noted.</summary>
    public void Forget(Secret secret) => File.Delete(PendingPathOf(secret));

    private static SecretValue? ReadFile(string path)
    {
        try
        {
            return new SecretValue(File.ReadAllBytes(path));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new FileInfo(path).LinkTarget is { } target
                ? throw new IOException($"{path}: It leads to {target}, where there is nothing. Fix the link, or remove it.")
                : null;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            throw new IOException($"{path}: It is a folder. Write the secret's value into a file of this name.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new IOException($"{path}: It is not yours to read. Make it yours with 'sudo chown $(id -u) {path}'.");
        }
    }

    private void Replace(string path, SecretValue value)
    {
        ClosedFolder.Make(directory);
        var draft = path + ".draft";
        File.Delete(draft);
        WriteFile(draft, value);
        File.Move(draft, path, overwrite: true);
    }

    // Only we read it: what containers read is rendered beside it.
    private static void WriteFile(string path, SecretValue value)
    {
        File.WriteAllBytes(path, value.Bytes.ToArray());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Private);
    }

    private string PendingPathOf(Secret secret) => Path.Combine(directory, $".{secret.Name}.next");

    // The process that creates the draft creates the secret. Moving a draft of its own would not decide it: two that find none would both succeed.
    private SecretValue Create(Secret secret)
    {
        ClosedFolder.Make(directory);
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
            WriteFile(draft, Generate());
            File.Move(draft, PathOf(secret));
            return true;
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
