using System.Text;

namespace Infra.Operations.Engine;

/// <summary>
/// The right to change a stack, which one command has at a time: a lock on a file, which the kernel frees when its holder ends, in
/// whatever way it ends. A second file beside it says who has it, for the message of other commands.
/// </summary>
public sealed class StackLock : IDisposable
{
    private const UnixFileMode Everybodys = UnixFileMode.UserRead | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private const int LongestHolder = 300;
    private const int WouldBlockOnLinux = 11, WouldBlockOnMac = 35, SharingViolation = unchecked((int)0x80070020);
    private readonly FileStream file;
    private readonly string note;

    private StackLock(FileStream file, string note)
    {
        this.file = file;
        this.note = note;
    }

    /// <summary>Takes the lock, if it is free.</summary>
    /// <param name="path">The file that is locked. It stays behind: one that was removed could be held by two.</param>
    /// <param name="holder">Who takes it, for those who come meanwhile.</param>
    /// <exception cref="IOException">The file can be neither opened nor made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can be neither opened nor made.</exception>
    public static StackLock? TryTake(string path, string holder)
    {
        try
        {
            var held = new StackLock(Open(path, FileAccess.Read, FileShare.None), NoteOf(path));
            held.Note(holder);
            return held;
        }
        catch (IOException error) when (error.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolation)
        {
            return null;
        }
    }

    /// <summary>Who has the lock, as far as it is known.</summary>
    public static string? HolderOf(string path)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(NoteOf(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var line = reader.ReadLine() ?? "";
            // Everybody may write there.
            var text = new string([.. line.Where(letter => !char.IsControl(letter)).Take(LongestHolder)]);
            return text.Length > 0 ? text : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Lets the next one in.</summary>
    public void Dispose()
    {
        if (!file.CanRead) return;
        Note("");
        file.Dispose();
    }

    private static string NoteOf(string path) => Path.ChangeExtension(path, ".holder");

    // In a world-writable folder, Linux refuses to open another user's file with O_CREAT.
    private static FileStream Open(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.Open, access, share);
        }
        catch (FileNotFoundException)
        {
            using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
                if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Everybodys);
            return new FileStream(path, FileMode.Open, access, share);
        }
    }

    // The lock holds without it, too.
    private void Note(string holder)
    {
        try
        {
            if (new FileInfo(note).LinkTarget is not null) return;
            using var stream = Open(note, FileAccess.Write, FileShare.ReadWrite);
            stream.SetLength(0);
            stream.Write(Encoding.UTF8.GetBytes(holder));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Other commands report who has it.
        }
    }
}
