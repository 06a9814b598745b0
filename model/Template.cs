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
    public ImmutableArray<Secret> Secrets => [.. Holes.Select(hole => hole.Secret).Distinct()];

    /// <summary>Whether it has a hole.</summary>
    public bool HasSecrets => Holes.Any();

    /// <summary>The secret that is all of it, written as it is, if that is so.</summary>
    public Secret? Only =>
        parts is [Hole { Form: SecretForm.Line or SecretForm.Word or SecretForm.Ini or SecretForm.Bytes or SecretForm.Variable } hole]
            ? hole.Secret
            : null;

    private IEnumerable<Hole> Holes => parts.OfType<Hole>();

    /// <summary>The forms in which it contains a secret.</summary>
    public IEnumerable<SecretForm> FormsOf(Secret secret) => Holes.Where(hole => hole.Secret == secret).Select(hole => hole.Form);

    /// <summary>A template from an interpolated text, whose <see cref="Secret"/> values become holes.</summary>
    public static Template From(Builder text) => text.Build();

    /// <summary>One hole and nothing else.</summary>
    public static Template From(Secret secret, SecretForm form) => new([new Hole(secret, form)]);

    /// <summary>A text without holes.</summary>
    public static implicit operator Template(string text) => new(text.Length == 0 ? [] : [text]);

    /// <summary>The two, one after the other.</summary>
    public static Template operator +(Template left, Template right) => new([.. left.parts, .. right.parts]);

    /// <summary>The text with each hole filled, every value in the form that its hole asks for.</summary>
    public SecretValue Render(Func<Secret, SecretValue> fill)
        => new([.. parts.SelectMany(part => part is Hole hole ? fill(hole.Secret).Written(hole.Form) : Encoding.UTF8.GetBytes((string)part))]);

    /// <summary>The text with each hole shown as <c>&lt;name&gt;</c>: safe to print.</summary>
    public override string ToString() => string.Concat(parts.Select(part => part is Hole hole ? $"<{hole.Secret.Name}>" : (string)part));

    /// <inheritdoc/>
    public bool Equals(Template? other) => other is not null && ToString() == other.ToString() && Holes.SequenceEqual(other.Holes);

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

        /// <summary>Adds a hole for the value as it is.</summary>
        public void AppendFormatted(Secret secret) => parts.Add(new Hole(secret, SecretForm.Line));

        /// <summary>Adds another template, holes and all.</summary>
        public void AppendFormatted(Template template) => parts.AddRange(template.parts);

        /// <summary>Adds a plain value, in the invariant culture.</summary>
        public void AppendFormatted<T>(T value) => parts.Add(FormattableString.Invariant($"{value}"));

        internal Template Build() => new([.. parts]);
    }

    private sealed record Hole(Secret Secret, SecretForm Form);
}
