using Infra.Model;
using Infra.Operations.Engine;

namespace Infra.Operations.Healing;

/// <summary>
/// Passes on the engine's events of a stack's containers, one after the other.
/// It also checks all of them at the start, and every 30 s between the events.
/// </summary>
internal sealed class EventLoop(IShell shell, Naming naming, TimeProvider clock)
{
    // The engine reports a change once: what was missed or not restarted then is found by the next check.
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(30);

    /// <summary>Runs until the engine sends no more events.</summary>
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
            // It was listening when it was asked to end.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
