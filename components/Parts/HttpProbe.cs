using Infra.Components.Programs;
using Infra.Model;

namespace Infra.Components.Parts;

/// <summary>What asks an HTTP server in the application's image for its health.</summary>
public enum HttpProbeKind
{
    /// <summary>Python and a bare socket: there in each image, and cheap.</summary>
    Socket,

    /// <summary>Python's urllib, which starts twice as slowly.</summary>
    Urllib,

    /// <summary>curl, which the image must have.</summary>
    Curl,
}

/// <summary>The probe of an HTTP server in the application's image: Python is there in each, curl may not be.</summary>
internal static class HttpProbe
{
    public static HealthCheck Get(int port, string path, HttpProbeKind kind = HttpProbeKind.Socket, string host = "localhost") =>
        kind switch
        {
            HttpProbeKind.Curl => HealthCheck.Exec("curl", "-f", $"http://{host}:{port}{path}"),
            HttpProbeKind.Urllib => HealthCheck.Exec(
                "python3",
                "-c",
                $"import urllib.request,sys; resp=urllib.request.urlopen('http://{host}:{port}{PythonText.Quotable(path)}',timeout=5); "
                    + "sys.exit(0 if resp.getcode()==200 else 1)"
            ) with
            {
                // Each probe starts a whole Python: at a socket's pace they would slow down the start that they wait for.
                StartInterval = TimeSpan.FromSeconds(1),
            },
            _ => Socket(port, path),
        };

    // A bare socket: urllib alone would double what the probe costs, four times a second during the start that it waits for.
    private static HealthCheck Socket(int port, string path) =>
        HealthCheck.Exec(
            "python3",
            "-IS",
            "-c",
            $"import socket, sys; s = socket.create_connection(('127.0.0.1', {port}), 4); "
                + $"s.sendall(b'GET {PythonText.Quotable(path)} HTTP/1.0\\r\\nHost: 127.0.0.1:{port}\\r\\n\\r\\n'); "
                + "code = s.makefile('rb').readline().split()[1].decode(); "
                + $"print('GET {PythonText.Quotable(path)} answered', code); sys.exit(code != '200')"
        );
}
