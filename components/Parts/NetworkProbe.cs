using System.Collections.Immutable;

namespace Infra.Components.Parts;

/// <summary>Probes over the network with whatever program the image has for it.</summary>
public static class NetworkProbe
{
    /// <summary>
    /// A command that ends with 0 when a path answers 200 on a port of its own container: by curl, wget or Python,
    /// the first that is there.
    /// </summary>
    public static ImmutableArray<string> Http(int port, string path)
    {
        var url = FormattableString.Invariant($"http://127.0.0.1:{port}{path}");
        return
        [
            "sh",
            "-c",
            $"if command -v curl >/dev/null; then exec curl -fsS -m 4 -o /dev/null '{url}'; fi; "
                + $"if command -v wget >/dev/null; then exec wget -q -T 4 -O /dev/null '{url}'; fi; "
                + $"exec python3 -IS -c \"import urllib.request as u; u.urlopen('{url}', timeout=4)\"",
        ];
    }

    /// <summary>
    /// A command that ends with 0 when a port of its own container takes connections: by bash, nc or Python, the
    /// first that is there.
    /// </summary>
    public static ImmutableArray<string> Tcp(int port) =>
    [
        "sh",
        "-c",
        FormattableString.Invariant($"if command -v bash >/dev/null; then exec bash -c '</dev/tcp/127.0.0.1/{port}'; fi; ")
            + FormattableString.Invariant($"if command -v nc >/dev/null; then exec nc -z -w 4 127.0.0.1 {port}; fi; ")
            + FormattableString.Invariant($"exec python3 -IS -c \"import socket; socket.create_connection(('127.0.0.1', {port}), 4)\""),
    ];
}
