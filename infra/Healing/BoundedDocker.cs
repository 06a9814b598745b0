using Infra.Engine;

namespace Infra.Healing;

/// <summary>The engine, asked with a limit.</summary>
internal static class BoundedDocker
{
    /// <summary>An engine that does not answer in time has failed, so that it can be asked again.</summary>
    public static async Task<ShellResult> AskAsync(this Docker docker, string[] words, TimeSpan patience, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            return await docker.RunAsync(words, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ShellResult(1, "", FormattableString.Invariant($"The engine did not answer within {patience.TotalSeconds:0} s."));
        }
    }
}
