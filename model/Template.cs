using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace Infra.Model;

/// <summary>A text with holes for secrets: <c>Template.Of($"redis://:{password}@redis:6379")</c>.</summary>
public sealed class Template : IEquatable<Template>
{
    private readonly ImmutableArray<object> parts;

    private Template(ImmutableArray<object> parts) => this.parts = parts;

    /// <summary>The secrets it has holes for, each once, in the order of their first hole.</summary>
    public ImmutableArray<Secret> Secrets => [.. parts.OfType<Secret>().Distinct()];

    /// <summary>Whether it has a hole.</summary>
    public bool HasSecrets => parts.Any(part => part is Secret);

    /// <summary>A template from an interpolated text, whose <see cref="Secret"/> values become holes.</summary>
    public static Template Of(Builder text) => text.Build();

    /// <summary>A text without holes.</summary>
    public static implicit operator Template(string text) => new([text]);

    /// <summary>The two, one after the other.</summary>
    public static Template operator +(Template left, Template right) => new([.. left.parts, .. right.parts]);

    /// <summary>The text with each hole filled.</summary>
    public string Render(Func<Secret, string> fill)
    {
        var text = new StringBuilder();
        foreach (var part in parts) text.Append(part is Secret secret ? fill(secret) : (string)part);
        return text.ToString();
    }

    /// <summary>The text with each hole shown as <c>&lt;name&gt;</c>: safe to print.</summary>
    public override string ToString() => Render(secret => $"<{secret.Name}>");

    /// <inheritdoc/>
    public bool Equals(Template? other) => other is not null && ToString() == other.ToString() && Secrets.SequenceEqual(other.Secrets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Template);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>What the compiler calls for an interpolated text.</summary>
    [InterpolatedStringHandler]
    public readonly struct Builder(int literalLength, int formattedCount)
    {
        private readonly List<object> parts = new(literalLength == 0 ? formattedCount : (formattedCount * 2) + 1);

        /// <summary>Adds a literal stretch.</summary>
        public void AppendLiteral(string text) => parts.Add(text);

        /// <summary>Adds a hole.</summary>
        public void AppendFormatted(Secret secret) => parts.Add(secret);

        /// <summary>Adds another template, holes and all.</summary>
        public void AppendFormatted(Template template) => parts.AddRange(template.parts);

        /// <summary>Adds a plain value, in the invariant culture.</summary>
        public void AppendFormatted<T>(T value) => parts.Add(FormattableString.Invariant($"{value}"));

        internal Template Build() => new([.. parts]);
    }
}
