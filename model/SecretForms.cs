using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Infra.Model;

/// <summary>What a secret's value must be for the places it is written to, and how it is written there: one answer for every target.</summary>
public static partial class SecretForms
{
    // What Linux takes of one variable, its name included.
    private const int LongestVariable = 128 * 1024;
    private const int LongestName = 1024;
    private const char Bom = '\uFEFF';

    /// <summary>The value as its services take it: a line without the break at its end, anything else as it is.</summary>
    public static SecretValue Taken(this SecretValue value, IEnumerable<SecretForm> forms)
        => forms.Any(IsLine) && value.Bytes.Span is [.. var line, (byte)'\n'] ? new SecretValue(line.ToArray()) : value;

    /// <summary>What is wrong with a value in such places, and what to do; nothing when it is valid.</summary>
    public static (string What, string Do)? Problem(this SecretValue value, ImmutableArray<SecretForm> forms)
    {
        var taken = value.Taken(forms);
        if (taken.Bytes.IsEmpty)
            return ("It is empty.", "Give it a value.");
        if (forms.Any(IsLine) && OfLine(taken.Text) is { } wrong)
            return (wrong, "Write it as one line of UTF-8 text, with nothing before or after it.");
        if (forms.Contains(SecretForm.Word) && taken.Text!.Any(char.IsWhiteSpace))
            return ("It has a blank, where a program that reads it would split it.", "Choose one without blanks.");
        if (forms.Contains(SecretForm.Ini) && Setting().IsMatch(taken.Text!))
            return ("It has a placeholder such as %(name)s, which its program replaces with another setting.", "Choose one without '%('.");
        if (forms.Any(IsLine))
            return null;
        if (!forms.Contains(SecretForm.Variable))
            return null;
        return OfVariable(taken) is { } excess ? (excess, "Deliver it as a file (infra:app.delivery: file).") : null;
    }

    /// <summary>Whether a value is one line whose break at the end belongs to it, and may not be meant to.</summary>
    public static bool HasDoubtfulEnd(this SecretValue value, ImmutableArray<SecretForm> forms)
        => !forms.Any(IsLine) && value.Text is { Length: > 1 } text && text.IndexOf('\n', StringComparison.Ordinal) == text.Length - 1;

    internal static byte[] Written(this SecretValue value, SecretForm form)
    {
        if (!IsLine(form)) return value.Bytes.ToArray();
        var line = value.Taken([form]);
        return form switch
        {
            SecretForm.Url => Encoding.UTF8.GetBytes(Uri.EscapeDataString(line.Text ?? "")),
            SecretForm.Quoted => Encoding.UTF8.GetBytes(Quoted(line.Text ?? "")),
            SecretForm.ErlangBinary => Encoding.UTF8.GetBytes(ErlangBinary(line.Bytes.Span)),
            _ => line.Bytes.ToArray(),
        };
    }

    /// <summary>A text between double quotes, as JSON, YAML and redis.conf read it.</summary>
    public static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A text as a binary of Erlang's.</summary>
    public static string ErlangBinary(string text) => ErlangBinary(Encoding.UTF8.GetBytes(text));

    private static string ErlangBinary(ReadOnlySpan<byte> bytes)
        => $"<<{string.Join(',', bytes.ToArray().Select(each => each.ToString(CultureInfo.InvariantCulture)))}>>";

    private static bool IsLine(SecretForm form) => form is not (SecretForm.Bytes or SecretForm.Variable);

    private static string? OfLine(string? text) => text switch
    {
        null => "It is not UTF-8 text.",
        _ when text.Contains(Bom, StringComparison.Ordinal) => "It has a byte order mark.",
        _ when text.Contains('\0', StringComparison.Ordinal) => "It has a NUL byte.",
        _ when text.Contains('\r', StringComparison.Ordinal) => "It has a carriage return, as Windows' line breaks have.",
        _ when text.Contains('\n', StringComparison.Ordinal) => "It has more than one line.",
        _ when text.Any(char.IsControl) => "It has a control character.",
        _ when text != text.Trim() => "It begins or ends with a blank.",
        _ => null,
    };

    private static string? OfVariable(SecretValue value) => value.Bytes.Span.Contains((byte)0) ? "It has a NUL byte, which no variable can carry."
        : value.Bytes.Length > LongestVariable - LongestName ? "It is longer than a variable can be."
        : null;

    [GeneratedRegex(@"%\([^)]+\)s")]
    private static partial Regex Setting();
}
