using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Infra.Engine;

/// <summary>Passes on to a program of this terminal that this one was told to end; Ctrl-C reaches both by the terminal.</summary>
internal sealed class WishToEnd : IDisposable
{
    private readonly string id;
    private readonly PosixSignalRegistration interrupted;
    private readonly PosixSignalRegistration terminated;
    private readonly CancellationTokenRegistration cancelled;
    private volatile bool isKnown;

    public WishToEnd(Process process, CancellationToken cancel)
    {
        id = process.Id.ToString(CultureInfo.InvariantCulture);
        // The handler that was added last is asked first: these see the signal before the token is cancelled for it.
        interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => isKnown = true);
        terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Tell());
        cancelled = cancel.Register(() =>
        {
            if (!isKnown) Tell();
        });
    }

    public void Dispose()
    {
        cancelled.Dispose();
        terminated.Dispose();
        interrupted.Dispose();
    }

    private void Tell()
    {
        isKnown = true;
        // The framework can only kill.
        using var kill = Process.Start("sh", ["-c", "kill -TERM \"$1\" 2>/dev/null", "kill", id]);
        kill.WaitForExit();
    }
}
