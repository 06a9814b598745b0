namespace Infra.Operations.Foundation;

/// <summary>Something that ends the command with a message for the user; nothing has been changed when the code is <see cref="BadInput"/>.</summary>
public sealed class CliException(int exitCode, params IEnumerable<string> lines) : Exception(string.Join('\n', lines))
{
    /// <summary>It did not work, or the check has findings.</summary>
    public const int Failed = 1;

    /// <summary>What was asked for cannot be done.</summary>
    public const int BadInput = 2;

    public int ExitCode { get; } = exitCode;

    public static CliException Bad(params IEnumerable<string> lines) => new(BadInput, lines);

    public static CliException Failure(params IEnumerable<string> lines) => new(Failed, lines);
}
