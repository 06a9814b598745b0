using System.Globalization;

namespace Infra.Operations.Up;

/// <summary>The files that a service reads, as they lie there.</summary>
/// <param name="Digest">A digest of all of them.</param>
/// <param name="Since">When they became so.</param>
public sealed record WrittenFiles(string Digest, DateTimeOffset Since)
{
    /// <exception cref="FormatException">It is not what <see cref="ToString"/> writes.</exception>
    public static WrittenFiles Parse(string text) => text.Split(' ') is [var digest, var since]
        ? new WrittenFiles(digest, DateTimeOffset.ParseExact(since, "O", CultureInfo.InvariantCulture))
        : throw new FormatException();

    /// <inheritdoc/>
    public override string ToString() => $"{Digest} {Since.ToString("O", CultureInfo.InvariantCulture)}";
}
