using Infra.Model;

namespace Infra.Components;

/// <summary>The probe of an HTTP server in the application's image: Python is there in each, curl may not be.</summary>
internal static class HttpProbe
{
    // A bare socket: urllib alone would double what the probe costs, four times a second during the start that it waits for.
    public static HealthCheck Of(int port, string path) => HealthCheck.Exec("python3", "-IS", "-c",
        $"import socket, sys; s = socket.create_connection(('127.0.0.1', {port}), 4); "
        + $"s.sendall(b'GET {path} HTTP/1.0\\r\\nHost: 127.0.0.1:{port}\\r\\n\\r\\n'); code = s.makefile('rb').readline().split()[1].decode(); print('GET {path} answered', code); sys.exit(code != '200')");
}
