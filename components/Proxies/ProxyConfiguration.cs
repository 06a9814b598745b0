using System.Collections.Immutable;
using Infra.Model;
using static Infra.Components.Proxies.Caddyfile;

namespace Infra.Components.Proxies;

/// <summary>The configuration of the proxy before the application.</summary>
/// <param name="Upstream">The service that it passes requests on to.</param>
/// <param name="Domain">The name it answers to.</param>
internal sealed record ProxyConfiguration(ServiceSpec Upstream, string Domain)
{
    /// <summary>The port it listens on for plain HTTP.</summary>
    public const int HttpPort = 8080;

    /// <summary>The port it listens on for HTTPS.</summary>
    public const int HttpsPort = 8443;

    /// <summary>Where it answers its own probe, on loopback alone.</summary>
    public const string HealthAddress = "http://127.0.0.1:8081/";

    /// <summary>How long a request may go on after the proxy was asked to stop.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The published port for HTTPS, to which it redirects.</summary>
    public required int PublishedHttps { get; init; }

    /// <summary>The largest body of a request.</summary>
    public required Size MaxBody { get; init; }

    /// <summary>Paths that it does not pass on, with all below them.</summary>
    public ImmutableArray<string> Hidden { get; init; } = [];

    /// <summary>The address that the certificate's authority writes to; none when unset.</summary>
    public string? Email { get; init; }

    private UpstreamLines To => new(Upstream);

    private bool IsLocal => Endpoint.IsLocal(Domain);

    /// <summary>The file.</summary>
    public string Write() =>
        Caddyfile.Write(
            new("", Options()),
            "",
            To.Written,
            "",
            new(HealthAddress.TrimEnd('/'), ["bind 127.0.0.1", "respond 200"]),
            "",
            "# Under another name nobody is here.",
            new("http://", ["header -Server", "respond 404"]),
            "",
            new(Word($"http://{Domain}"), ["header -Server", $"redir {Word($"https://{Domain}{ShownPort}")}{{uri}} 308"]),
            "",
            new(Word($"https://{Domain}"), Site())
        );

    private string ShownPort => PublishedHttps == 443 ? "" : FormattableString.Invariant($":{PublishedHttps}");

    private ImmutableArray<CaddyLine> Options() =>
    [
        "# Nothing reloads it: which container it uses is a file. With the interface, who breaks in would write a configuration.",
        "admin off",
        $"http_port {HttpPort}",
        $"https_port {HttpsPort}",
        .. When(Email is not null, $"email {Word(Email ?? "")}"),
        "skip_install_trust",
        $"grace_period {(int)Grace.TotalSeconds}s",
        new("servers",
        [
            "protocols h1 h2",
            "# A request that was led here under one name and asks for another gets 421: Caddy would answer 200, with nothing in it.",
            "strict_sni_host on",
            new("timeouts", ["read_header 10s", $"read_body {Patience(MaxBody)}s", "idle 2m"]),
        ]),
    ];

    private ImmutableArray<CaddyLine> Site() =>
    [
        .. When(IsLocal, "tls internal"),
        "encode zstd gzip",
        new("header",
        [
            // Every other server of this machine has a local name too.
            .. When(!IsLocal, "Strict-Transport-Security max-age=31536000"),
            "X-Content-Type-Options nosniff",
            "?X-Frame-Options SAMEORIGIN",
            "?Referrer-Policy strict-origin-when-cross-origin",
            "-Server",
            "-Via",
        ]),
        .. When(!Hidden.IsEmpty, $"@hidden path {string.Join(' ', Hidden.SelectMany(path => Below(path)))}"),
        .. When(!Hidden.IsEmpty, "respond @hidden 404"),
        "# A length that is told is refused at once, and counted where it is not: Caddy 2.6 calls that a failure of the upstream.",
        $"@large expression {Quoted($"{Length} != \"\" && int({Length}) > {MaxBody.Bytes}")}",
        "respond @large 413",
        Caddyfile.MaxBody(MaxBody),
        To.Import,
    ];

    private const string Length = "{http.request.header.Content-Length}";

    // As slow as 10 MiB in a minute, and never less than that.
    private static long Patience(Size body) => Math.Max(60, body.WholeMiB * 6L);
}
