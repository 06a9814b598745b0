namespace Infra.Operations.Foundation;

/// <summary>
/// Something that ends the command with a message for the user.
/// Nothing has been changed when the code is <see cref="BadInputCode"/>.
/// </summary>
public sealed class UserErrorException(int exitCode, params IEnumerable<string> lines) : Exception(string.Join('\n', lines))
{
    /// <summary>It did not work, or the check has findings.</summary>
    public const int FailedCode = 1;

    /// <summary>What was asked for cannot be done.</summary>
    public const int BadInputCode = 2;

    public int ExitCode { get; } = exitCode;

    public static UserErrorException BadInput(params IEnumerable<string> lines) => new(BadInputCode, lines);

    public static UserErrorException Failed(params IEnumerable<string> lines) => new(FailedCode, lines);
}
