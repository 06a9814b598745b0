using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class WaitForServicesTests
{
    [PythonFact]
    public async Task An_open_port_and_a_page_of_200_are_enough()
    {
        using var server = new Server("200 OK");

        var (code, log) = await RunAsync(
            $"db:tcp://127.0.0.1:{server.Port}",
            $"auth:http://127.0.0.1:{server.Port}/health",
            "--timeout",
            "20",
            "--",
            "echo",
            "started"
        );

        code.Should().Be(0, log);
        log.Should().Contain($"db tcp://127.0.0.1:{server.Port} try 1 after").And.Contain("all 2 answer after").And.EndWith("started\n");
    }

    [PythonFact]
    public async Task What_comes_late_is_waited_for_and_each_try_is_told()
    {
        var port = FreePort();
        using var late = new CancellationTokenSource();
        var opened = new TaskCompletionSource<TcpListener>();
        var (code, log) = await RunAsync([$"db:tcp://127.0.0.1:{port}", "--timeout", "30"], line =>
        {
            if (!line.Contains("try 2 ", StringComparison.Ordinal) || opened.Task.IsCompleted) return;
            var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            opened.SetResult(listener);
        });

        code.Should().Be(0, log);
        (await opened.Task).Stop();
        log.Should().Contain("try 1 after").And.Contain("refused").And.Contain("all 1 answer");
    }

    [PythonFact]
    public async Task What_never_comes_ends_with_1_at_the_limit_and_starts_nothing()
    {
        var (code, log) = await RunAsync($"db:tcp://127.0.0.1:{FreePort()}", "--timeout", "1", "--", "echo", "started");

        code.Should().Be(1, log);
        log.Should().Contain("gave up after").And.Contain("of 1 s: db did not answer").And.NotContain("started");
    }

    [PythonFact]
    public async Task Another_status_than_200_is_no_answer()
    {
        using var server = new Server("302 Found\r\nLocation: /");

        var (code, log) = await RunAsync($"auth:http://127.0.0.1:{server.Port}/health", "--timeout", "3");

        code.Should().Be(1, log);
        log.Should().Contain("status 302");
    }

    [PythonFact]
    public async Task Words_that_it_does_not_understand_end_with_2()
    {
        foreach (
            var arguments in new string[][]
            {
                [],
                ["db"],
                ["db:udp://host:1"],
                ["db:tcp://host"],
                ["db:tcp://host:x"],
                ["db:tcp://host:1", "--timeout", "soon"],
            }
        )
            (await RunAsync(arguments)).Code.Should().Be(2, string.Join(' ', arguments));
    }

    [PythonFact]
    public async Task The_exit_code_is_the_programs_own()
    {
        using var server = new Server("200 OK");

        (await RunAsync($"db:tcp://127.0.0.1:{server.Port}", "--", "sh", "-c", "exit 7")).Code.Should().Be(7);
        (await RunAsync($"db:tcp://127.0.0.1:{server.Port}", "--", "no-such-program")).Code.Should().Be(127);
    }

    private static Task<(int Code, string Log)> RunAsync(params string[] arguments) => RunAsync(arguments, _ => { });

    private static async Task<(int Code, string Log)> RunAsync(string[] arguments, Action<string> onLine)
    {
        var log = new StringBuilder();
        using var process = new Process
        {
            // Through one pipe: with two, the order would not be known.
            StartInfo = new ProcessStartInfo("sh", ["-c", "exec python3 \"$@\" 2>&1", "sh", Script, .. arguments]) { RedirectStandardOutput = true },
        };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        await process.WaitForExitAsync();
        return (process.ExitCode, log.ToString());

        void Keep(string? line)
        {
            if (line is null) return;
            lock (log) log.Append(line).Append('\n');
            onLine(line);
        }
    }

    private static string Script => Repository.PathOf("components", "Programs", "wait-for-services.py");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Answers every request with one status, from a thread of its own: the pool's are busy with other tests.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public Server(string status)
        {
            listener.Start();
            var answer = Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            new Thread(() => Answer(answer)) { IsBackground = true }.Start();
        }

        public string Port => ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        public void Dispose() => listener.Dispose();

        private void Answer(byte[] answer)
        {
            while (true)
            {
                try
                {
                    using var client = listener.AcceptTcpClient();
                    var stream = client.GetStream();
                    var read = stream.Read(new byte[4096]);
                    if (read > 0) stream.Write(answer);
                }
                catch (Exception error) when (error is SocketException or IOException)
                {
                    // The port was only tried, or the test is over.
                    if (!listener.Server.IsBound) return;
                }
                catch (ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
