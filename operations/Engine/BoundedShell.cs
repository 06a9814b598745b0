namespace Infra.Operations.Engine;

/// <summary>A shell whose programs have so long for an answer: one that gives none in time has failed, so that it can be asked again.</summary>
public sealed class BoundedShell(IShell shell, TimeSpan patience) : IShell
{
    /// <inheritdoc/>
    public async Task<ShellResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            return await shell.RunAsync(program, arguments, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ShellResult(1, "", FormattableString.Invariant($"'{program}' did not answer within {patience.TotalSeconds:0} s."));
        }
    }

    /// <inheritdoc/>
    public Task<ShellResult> StreamAsync(string program, IEnumerable<string> arguments, Stream? input, Stream? output, CancellationToken cancel = default)
        => shell.StreamAsync(program, arguments, input, output, cancel);

    /// <inheritdoc/>
    public Task<int> AttachAsync(string program, IEnumerable<string> arguments, CancellationToken cancel = default) => shell.AttachAsync(program, arguments, cancel);

    /// <inheritdoc/>
    public Task<int> HearAsync(string program, IEnumerable<string> arguments, Action<string> line, CancellationToken cancel = default) => shell.HearAsync(program, arguments, line, cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> LinesAsync(string program, IEnumerable<string> arguments, CancellationToken cancel = default) => shell.LinesAsync(program, arguments, cancel);

    /// <inheritdoc/>
    public string? Find(string program) => shell.Find(program);
}
