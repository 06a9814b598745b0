using System.Buffers;
using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Components.Proxies;

/// <summary>Writes configurations of Caddy 2.6 and later.</summary>
internal static class Caddyfile
{
    // What ends a word, begins a block, or is a quote.
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\r\n\"`\\{}");

    /// <summary>The file.</summary>
    public static string Write(params ImmutableArray<CaddyLine> lines) => string.Concat(lines.SelectMany(line => Written(line, "")));

    /// <summary>A line that is there on a condition.</summary>
    public static ImmutableArray<CaddyLine> When(bool condition, CaddyLine line) => condition ? [line] : [];

    /// <summary>The largest body of a request.</summary>
    public static CaddyLine MaxBody(Size size) => new("request_body", [FormattableString.Invariant($"max_size {size.Bytes}")]);

    /// <summary>A path and all below it.</summary>
    public static ImmutableArray<string> Below(string path) => [Word(path), Word(path + "/*")];

    /// <summary>A text as one word: between quotes where it would not be one without.</summary>
    public static string Word(string text) => text.Length == 0 || text[0] == '#' || text.AsSpan().ContainsAny(Special) ? Quoted(text) : text;

    /// <summary>A text between quotes: backquotes where it has quotes itself, since Caddy escapes a quote and nothing else.</summary>
    /// <exception cref="ArgumentException">It has backquotes and what these would be needed for.</exception>
    public static string Quoted(string text)
    {
        var hasQuotes = text.AsSpan().ContainsAny('"', '\\');
        if (hasQuotes && text.Contains('`', StringComparison.Ordinal))
            throw new ArgumentException($"A Caddyfile has no way to write the text '{text}'. Leave out its backquotes.");
        return hasQuotes ? $"`{text}`" : $"\"{text}\"";
    }

    private static IEnumerable<string> Written(CaddyLine line, string indent)
    {
        if (line.Block.IsEmpty) return [line.Text.Length == 0 ? "\n" : $"{indent}{line.Text}\n"];
        var head = line.Text.Length == 0 ? "{" : line.Text + " {";
        return [$"{indent}{head}\n", .. line.Block.SelectMany(inner => Written(inner, indent + '\t')), $"{indent}}}\n"];
    }
}
