using System.Collections.Immutable;

namespace Infra.Components.Proxies;

/// <summary>A line of a Caddyfile: a directive, a comment, or nothing between two blocks.</summary>
/// <param name="Text">What stands on it; the global options have nothing before their brace.</param>
/// <param name="Block">The lines between the braces that it opens; it opens none when empty.</param>
internal sealed record CaddyLine(string Text, ImmutableArray<CaddyLine> Block)
{
    public static implicit operator CaddyLine(string text) => new(text, []);
}
