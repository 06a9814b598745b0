namespace Generator;

/// <summary>Writes a choice among words: a struct, because what is sent is the word.</summary>
internal static class EnumStruct
{
    public static TypeSource For(string name, IReadOnlyList<string> values) =>
        TypeSource.From(
            "Pulumi.Docker",
            "[EnumType]\npublic readonly struct " + name + " : IEquatable<" + name + ">",
            [
                $$"""
                private readonly string _value;

                private {{name}}(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));
                """,
                .. values.Select(value => "public static " + name + " " + value + " { get; } = new(\"" + value + "\");"),
                $$"""
                public static bool operator ==({{name}} left, {{name}} right) => left.Equals(right);

                public static bool operator !=({{name}} left, {{name}} right) => !left.Equals(right);

                public static explicit operator string({{name}} value) => value._value;

                public override bool Equals(object? obj) => obj is {{name}} other && Equals(other);

                public bool Equals({{name}} other) => string.Equals(_value, other._value, StringComparison.Ordinal);

                public override int GetHashCode() => _value?.GetHashCode() ?? 0;

                public override string ToString() => _value;
                """,
            ]);
}
