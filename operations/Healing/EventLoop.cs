using Infra.Model;
using Infra.Operations.Engine;

namespace Infra.Operations.Healing;

/// <summary>
/// Hands on what the engine tells of a stack's containers, one event after the other.
/// It goes round all of them at once, and every 30 s between the events.
/// </summary>
internal sealed class EventLoop(IShell shell, Naming naming, TimeProvider clock)
{
    // The engine tells of a change once: what was not seen or not helped then is seen by going round.
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(30);

    /// <summary>Goes on until the engine tells of nothing more.</summary>
    public async Task RunAsync(Func<Task> goRound, Func<EngineEvent, Task> handle, CancellationToken cancellationToken)
    {
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Listen first and look then: what happens in between is not missed.
        var arguments = Docker.Events($"{Labels.Stack}={naming.Name}", "health_status", "die", "kill", "stop", "start");
        await using var events = shell.ReadLinesAsync(Docker.Program, arguments, listening.Token).GetAsyncEnumerator(listening.Token);
        var next = events.MoveNextAsync().AsTask();
        using var rounds = new PeriodicTimer(Round, clock);
        var round = Task.FromResult(true);
        try
        {
            while (true)
            {
                if (await Task.WhenAny(round, next) == round)
                {
                    await goRound();
                    // Never cancelled by itself: when it is over, so are the events.
                    round = rounds.WaitForNextTickAsync(CancellationToken.None).AsTask();
                }
                else
                {
                    if (!await next) return;
                    if (EngineEvent.Parse(events.Current) is { } happening) await handle(happening);
                    next = events.MoveNextAsync().AsTask();
                }
            }
        }
        finally
        {
            await listening.CancelAsync();
            // It was listening when it was told to end.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
