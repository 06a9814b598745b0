using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Infra.Tests.EndToEnd.Systems;

/// <summary>Keeps what comes by syslog, on this machine.</summary>
internal sealed class SyslogServer : IAsyncDisposable
{
    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly StringBuilder lines = new();
    private readonly CancellationTokenSource ended = new();
    private readonly Task hearing;

    public SyslogServer() => hearing = HearAsync();

    public int Port => ((IPEndPoint)socket.Client.LocalEndPoint!).Port;

    /// <summary>Every line up to now.</summary>
    public string Output
    {
        get
        {
            lock (lines) return lines.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket.Dispose();
        ended.Dispose();
    }

    private async Task HearAsync()
    {
        while (true)
        {
            var line = Encoding.UTF8.GetString((await socket.ReceiveAsync(ended.Token)).Buffer);
            lock (lines) lines.Append(line).Append('\n');
        }
    }
}
