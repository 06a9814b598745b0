namespace Infra.Model;

/// <summary>A number of things as text: <c>1 row</c>, <c>2 rows</c>.</summary>
public static class Counted
{
    /// <summary><c>1 row</c>, <c>2 rows</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">What one of them is called; more are called that with an s.</param>
    public static string Of(long count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
