namespace Infra.Operations.Engine;

/// <summary>A shell whose programs have so long for an answer: one that gives none in time has failed, so that it can be asked again.</summary>
public sealed class BoundedShell(IShell shell, TimeSpan patience) : IShell
{
    /// <inheritdoc/>
    public IDictionary<string, string> Variables => shell.Variables;

    /// <inheritdoc/>
    public async Task<ShellResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await shell.RunAsync(program, arguments, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ShellResult(1, "", FormattableString.Invariant($"'{program}' did not answer within {patience.TotalSeconds:0} s."));
        }
    }

    /// <inheritdoc/>
    public Task<ShellResult> StreamAsync(
        string program,
        IEnumerable<string> arguments,
        Stream? input,
        Stream? output,
        CancellationToken cancellationToken = default
    ) => shell.StreamAsync(program, arguments, input, output, cancellationToken);

    /// <inheritdoc/>
    public Task<int> AttachAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken = default) =>
        shell.AttachAsync(program, arguments, cancellationToken);

    /// <inheritdoc/>
    public Task<int> RunWithOutputAsync(
        string program,
        IEnumerable<string> arguments,
        Action<string> line,
        CancellationToken cancellationToken = default
    ) => shell.RunWithOutputAsync(program, arguments, line, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ReadLinesAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken = default) =>
        shell.ReadLinesAsync(program, arguments, cancellationToken);

    /// <inheritdoc/>
    public string? Find(string program) => shell.Find(program);
}
