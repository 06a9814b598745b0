using System.Collections.Immutable;
using Infra.Model;
using static Infra.Components.Proxies.Caddyfile;

namespace Infra.Components.Proxies;

/// <summary>What leads requests to one service: a part of the Caddyfile, and the commands that switch between its containers.</summary>
/// <param name="Service">The service.</param>
/// <param name="Answer">How long it may take until its answer begins; without an end when unset.</param>
internal sealed record UpstreamLines(ServiceSpec Service, TimeSpan? Answer = null)
{
    // Caddy looks in there with each request: a reload would drop connections that are being made.
    private const string Folders = "/tmp/only";

    /// <summary>The addresses, in CIDR, of proxies in front: what they say of the client is passed on. None when empty.</summary>
    public ImmutableArray<string> Trusted { get; init; } = [];

    /// <summary>How the proxy is kept to some of the service's containers: the name of a file in a folder of its own is a list of them.</summary>
    public Route Route => new(Service.Name, PinTo, ["rm", "-rf", Folder], Folder);

    /// <summary>The line that has the requests of a block go there.</summary>
    public CaddyLine Import => $"import {Snippet}";

    /// <summary>The snippet that the line refers to.</summary>
    public CaddyLine Written => new($"({Snippet})",
    [
        "# Some containers alone, while others take their places or are not ready: there are always as many names, some of them alike.",
        new("@only file", [$"root {Folder}", "try_files /*,*"]),
        "# A container that cannot be dialled has not seen the request: another one may. One that breaks off may have done what it was asked:",
        "# what only reads is asked again elsewhere. It goes over kept connections, too, which break when the container behind them stops.",
        "@reads method GET HEAD",
        new("route @only",
        [
            new(
                $"map {{http.matchers.file.relative}} {Places(place => $"{{only{place}}}")}",
                [$"~^/*{string.Join(',', Enumerable.Repeat("([^,]+)", Route.Places))}$ {Places(place => Quoted($"${{{place}}}"))}"]
            ),
            .. ReverseProxies(Pinned, Pinned),
        ]),
        "# Every container of the service, as the engine's name server tells them. By the name alone, the one connection of what writes is made",
        "# to the first that takes it: Caddy 2.6 has closed the body when it asks another itself.",
        .. ReverseProxies(new($"dynamic a {Service.Name} {Port}", ["refresh 1s"]), $"to {Service.Name}:{Port}"),
    ]);

    private string Snippet => Answer is { } answer ? FormattableString.Invariant($"to-{Service.Name}-{Seconds(answer)}") : $"to-{Service.Name}";

    private CaddyLine Pinned => $"to {Places(place => $"{{only{place}}}:{Port}")}";

    private string Folder => $"{Folders}/{Service.Name}";

    private ImmutableArray<string> PinTo =>
    [
        "sh", "-c",
        // The new one is there before the old one goes: a request in between finds one of them.
        $"mkdir -p {Folder} && : >\"{Folder}/$1\" && for old in {Folder}/*; do [ \"$old\" = \"{Folder}/$1\" ] || rm -f \"$old\"; done",
        "--", Route.Containers,
    ];

    // A server keeps its side of a connection for 2 s (gunicorn) and longer.
    // One dial of a name tries its addresses one by one, each for a part of the time and for 2 s at least (Go's net.Dialer): one that
    // answers nothing any more must not use up all of it.
    private ImmutableArray<CaddyLine> ReverseProxies(CaddyLine reads, CaddyLine writes) =>
    [
        new("reverse_proxy @reads", [reads, .. Bounds("dial_timeout 2s", "keepalive 1s", "keepalive_idle_conns_per_host 32")]),
        new("reverse_proxy", [writes, .. Bounds("dial_timeout 10s", "keepalive off")]),
    ];

    private ImmutableArray<CaddyLine> Bounds(params ImmutableArray<CaddyLine> connections) =>
    [
        .. When(!Trusted.IsEmpty, $"trusted_proxies {string.Join(' ', Trusted)}"),
        "lb_try_duration 10s",
        "lb_try_interval 100ms",
        new("lb_retry_match", ["method GET HEAD"]),
        new("transport http",
        [
            .. connections,
            .. When(Answer is not null, $"response_header_timeout {Seconds(Answer ?? default)}"),
        ]),
    ];

    private static string Places(Func<string, string> write) =>
        string.Join(' ', Enumerable.Range(1, Route.Places).Select(place => write(FormattableString.Invariant($"{place}"))));

    private int Port => Service.Endpoint is { } endpoint
        ? endpoint.Port
        : throw new ArgumentException($"'{Service.Name}' offers no address, so no proxy can lead to it.");

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{(int)time.TotalSeconds}s");
}
