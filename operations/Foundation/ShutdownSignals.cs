using System.Runtime.InteropServices;

namespace Infra.Operations.Foundation;

/// <summary>Handles Ctrl-C and SIGTERM while a command runs, and gives it time to finish what it has started.</summary>
public sealed class ShutdownSignals : IDisposable
{
    private const int ByInterrupt = 130;
    private const int ByTermination = 143;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource source = new();
    private readonly TaskCompletionSource<int> tooLate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] heard;

    public ShutdownSignals() =>
        heard = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear)];

    /// <summary>Whether it was Ctrl-C, which the terminal gives to every program that runs on it.</summary>
    public bool IsByTerminal { get; private set; }

    public CancellationToken Token => source.Token;

    /// <summary>The command's exit code; that of the signal when it has not ended in time.</summary>
    public async Task<int> WaitAsync(Task<int> command) => await await Task.WhenAny(command, tooLate.Task);

    public void Dispose()
    {
        foreach (var registration in heard) registration.Dispose();
        source.Dispose();
    }

    private void Hear(PosixSignalContext signal)
    {
        signal.Cancel = true;
        IsByTerminal |= signal.Signal == PosixSignal.SIGINT;
        _ = LeaveAsync(signal.Signal == PosixSignal.SIGINT ? ByInterrupt : ByTermination);
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command has ended by itself.
        }
    }

    private async Task LeaveAsync(int code)
    {
        await Task.Delay(Patience);
        tooLate.TrySetResult(code);
    }
}
