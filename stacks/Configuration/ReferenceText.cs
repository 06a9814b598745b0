using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Stacks.Configuration;

/// <summary>A part of a <see cref="ReferenceText"/>.</summary>
public abstract record ReferencePart;

/// <summary>A stretch of text as it is.</summary>
public sealed record LiteralPart(string Text) : ReferencePart;

/// <summary>
/// Something of a service: <c>{postgres.host}</c>, <c>{redis.url/1}</c>,
/// <c>{postgresql+asyncpg://postgres.url}</c>, <c>{postgres.password.file}</c>.
/// </summary>
/// <param name="Service">The service's name; <c>secrets</c> for a secret of the application's own.</param>
/// <param name="What">What of it: <c>url</c>, <c>host</c>; the secret's name.</param>
/// <param name="Scheme">The URL's scheme, where it is not the service's own.</param>
/// <param name="Path">What follows the URL's port, where it is not the service's own: <c>/1</c>, <c>?sslmode=require</c>.</param>
/// <param name="IsFile">Whether the path of a file that holds it is meant.</param>
public sealed record ReferenceHole(string Service, string What, string? Scheme, string? Path, bool IsFile) : ReferencePart
{
    /// <summary>What stands for the application's own secrets in place of a service.</summary>
    public const string Secrets = "secrets";

    /// <summary>As the settings have it.</summary>
    public override string ToString() => $"{{{(Scheme is null ? "" : Scheme + "://")}{Service}.{What}{(IsFile ? ".file" : "")}{Path}}}";
}

/// <summary>A text in which <c>{SERVICE.WHAT}</c> stands for something of another service. Between double braces it stands for itself.</summary>
public sealed partial record ReferenceText(ImmutableArray<ReferencePart> Parts)
{
    /// <summary>What can be asked of a service.</summary>
    public static readonly ImmutableArray<string> Attributes = ["url", "host", "port", "address", "user", "password", "name", "ca"];

    /// <summary>What it refers to.</summary>
    public IEnumerable<ReferenceHole> Holes => Parts.OfType<ReferenceHole>();

    /// <summary>Whether the first part of a URL stands before a place in it, so that what stands there is percent-encoded.</summary>
    public bool IsUrl => Parts.OfType<LiteralPart>().Any(part => part.Text.Contains("://", StringComparison.Ordinal));

    /// <summary>A text with its references; braces around anything else are no references.</summary>
    public static ReferenceText Parse(string text)
    {
        var parts = ImmutableArray.CreateBuilder<ReferencePart>();
        var at = 0;
        foreach (Match match in Hole().Matches(text))
        {
            var isItself =
                match.Index > at
                && text[match.Index - 1] == '{'
                && match.Index + match.Length < text.Length
                && text[match.Index + match.Length] == '}';
            Add(text[at..(isItself ? match.Index - 1 : match.Index)]);
            at = match.Index + match.Length + (isItself ? 1 : 0);
            if (isItself) Add(match.Value);
            else parts.Add(From(match));
        }

        Add(text[at..]);
        return new ReferenceText(parts.ToImmutable());

        void Add(string literal)
        {
            if (literal.Length == 0) return;
            if (parts is [.., LiteralPart last]) parts[^1] = new LiteralPart(last.Text + literal);
            else parts.Add(new LiteralPart(literal));
        }
    }

    /// <summary>As the settings have it.</summary>
    public override string ToString() => string.Concat(Parts.Select(part => part is LiteralPart literal ? literal.Text : part.ToString()));

    private static ReferenceHole From(Match match) => new(
        match.Groups["service"].Value,
        match.Groups["what"].Value,
        match.Groups["scheme"] is { Success: true } scheme ? scheme.Value : null,
        match.Groups["path"] is { Success: true } path ? path.Value : null,
        match.Groups["file"].Success
    );

    [GeneratedRegex(
        @"\{((?<scheme>[a-z][a-z0-9+.-]*)://)?(?<service>[a-z0-9][a-z0-9_-]*)\.(?<what>[a-z0-9][a-z0-9_-]*)(?<file>\.file)?(?<path>[/?][^{}\s]*)?\}"
    )]
    private static partial Regex Hole();
}
