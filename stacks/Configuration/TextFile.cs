using System.Text;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>A file of the project's that cannot be read as a text, with the reason in a sentence and the place where there is one.</summary>
public sealed class TextFileException(string reason, string action, int line = 0, int column = 0) : Exception($"{reason} {action}")
{
    public string Reason { get; } = reason;

    public string Action { get; } = action;

    /// <summary>The line of it, from 1; 0 where it is the file as a whole.</summary>
    public int Line { get; } = line;

    public int Column { get; } = column;
}

/// <summary>Reads the files that people write for us: of a bounded size, and in UTF-8.</summary>
public static class TextFile
{
    private const int Most = 1024 * 1024;

    /// <exception cref="TextFileException">It is no such file.</exception>
    public static string Read(string path)
    {
        try
        {
            // A pipe, which would be waited for without an end, has no length either.
            var file = new FileInfo(path);
            if ((file.ResolveLinkTarget(returnFinalTarget: true) ?? file) is FileInfo { Exists: true, Length: 0 }) return "";
            using var stream = File.OpenRead(path);
            var bytes = new byte[Most + 1];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > Most) throw new TextFileException("It has more than 1 MiB.", "Keep what is not a setting elsewhere.");
            return Decoded(bytes.AsSpan(0, count));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TextFileException($"It cannot be read: {error.Message.TrimEnd('.', ' ')}.", "Check that it is there and yours to read.");
        }
    }

    private static string Decoded(ReadOnlySpan<byte> bytes)
    {
        (Encoding encoding, int skipped) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (new UTF8Encoding(false, true), 3),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true), 2),
            _ => ((Encoding)new UTF8Encoding(false, true), 0),
        };
        try
        {
            return Sound(encoding.GetString(bytes[skipped..]));
        }
        catch (DecoderFallbackException error)
        {
            var before = encoding.GetString(bytes[skipped..(skipped + Math.Max(error.Index, 0))]);
            throw At(before, before.Length, "A letter here is not in UTF-8.", "Save the file as UTF-8.");
        }
    }

    // What readers of YAML take for the end of a line, or for nothing at all, each in its own way.
    private static string Sound(string text)
    {
        for (var at = 0; at < text.Length; at++)
            if (text[at] is '\u0085' or '\u2028' or '\u2029' || (char.IsControl(text[at]) && text[at] is not ('\t' or '\n' or '\r')))
                throw At(
                    text,
                    at,
                    $"The character {Visible.Escape(text[at].ToString())} is here, and is invisible.",
                    "Remove it, or write it by its number in double quotes."
                );
        return text;
    }

    private static TextFileException At(string text, int index, string reason, string action)
    {
        var line = text.AsSpan(0, index).Count('\n') + 1;
        var column = index - (index == 0 ? -1 : text.LastIndexOf('\n', index - 1));
        return new TextFileException(reason, action, line, column);
    }
}
