using System.Globalization;

namespace Infra.Model;

/// <summary>An amount of memory or storage, in bytes.</summary>
public readonly record struct Size(long Bytes) : IComparable<Size>
{
    private const long Kibi = 1024;

    // Far beyond any machine, and what is made of it by adding and doubling is a number still.
    private const long Most = 256 * Kibi * Kibi * Kibi * Kibi;

    private static readonly (string Suffix, long Factor)[] Units =
    [
        ("KiB", Kibi), ("MiB", Kibi * Kibi), ("GiB", Kibi * Kibi * Kibi),
        ("k", Kibi), ("m", Kibi * Kibi), ("g", Kibi * Kibi * Kibi), ("b", 1),
    ];

    /// <summary>So many mebibytes.</summary>
    public static Size MiB(long count) => new(count * Kibi * Kibi);

    /// <summary>So many gibibytes.</summary>
    public static Size GiB(long count) => new(count * Kibi * Kibi * Kibi);

    /// <summary>The least memory that engines limit a container to, and keep for one.</summary>
    public static Size LeastOfContainer { get; } = MiB(6);

    /// <summary>What is kept of such a limit when memory is short: half of it, and no less than engines keep.</summary>
    public Size Reserved() => new(Math.Max(Bytes / 2, LeastOfContainer.Bytes));

    /// <summary>The whole mebibytes in it, rounded up: what an engine that counts in megabytes must be given.</summary>
    public int WholeMiB => checked((int)((Bytes + (Kibi * Kibi) - 1) / (Kibi * Kibi)));

    /// <summary>The spelling for people: <c>512 MiB</c>, <c>1.5 GiB</c>; in a smaller unit only what would be 0 in mebibytes.</summary>
    public string Text => Bytes switch
    {
        >= Kibi * Kibi * Kibi => Rounded(Kibi * Kibi * Kibi) + " GiB",
        0 or >= Kibi * Kibi / 100 => Rounded(Kibi * Kibi) + " MiB",
        >= Kibi => Rounded(Kibi) + " KiB",
        _ => Rounded(1) + " B",
    };

    private string Rounded(long unit) => (Bytes / (decimal)unit).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads <c>512MiB</c>, <c>1.5GiB</c>, or Docker's <c>512m</c>, <c>1g</c> (powers of 1024).
    /// A bare number is refused, because its unit would be a guess.
    /// Less than a byte and more than 256 TiB are refused, too.
    /// </summary>
    public static bool TryParse(string text, out Size size)
    {
        foreach (var (suffix, factor) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) continue;
            var digits = text[..^suffix.Length].Trim();
            if (decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                && count <= Most / factor && count * factor >= 1)
            {
                size = new Size((long)(count * factor));
                return true;
            }
        }

        size = default;
        return false;
    }

    /// <inheritdoc/>
    public int CompareTo(Size other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Docker's spelling with the largest whole unit: <c>512m</c>, <c>1g</c>, <c>100b</c>.</summary>
    public override string ToString()
    {
        var bytes = Bytes;
        foreach (var (suffix, factor) in new[] { ("g", Kibi * Kibi * Kibi), ("m", Kibi * Kibi), ("k", Kibi) })
            if (bytes != 0 && bytes % factor == 0)
                return (bytes / factor).ToString(CultureInfo.InvariantCulture) + suffix;
        return bytes.ToString(CultureInfo.InvariantCulture) + "b";
    }

    /// <summary>Whether the left is less.</summary>
    public static bool operator <(Size left, Size right) => left.Bytes < right.Bytes;

    /// <summary>Whether the left is more.</summary>
    public static bool operator >(Size left, Size right) => left.Bytes > right.Bytes;

    /// <summary>Whether the left is less or the same.</summary>
    public static bool operator <=(Size left, Size right) => left.Bytes <= right.Bytes;

    /// <summary>Whether the left is more or the same.</summary>
    public static bool operator >=(Size left, Size right) => left.Bytes >= right.Bytes;
}
