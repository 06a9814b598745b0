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

    /// <summary>How the proxy is switched between the service's containers: the name of a file in a folder of its own is a container's.</summary>
    public Route Route => new(Service.Name, PinTo, ["rm", "-rf", Folder], Folder);

    /// <summary>The line that has the requests of a block go there.</summary>
    public CaddyLine Import => $"import {Snippet}";

    /// <summary>The snippet that the line refers to.</summary>
    public CaddyLine Written => new($"({Snippet})",
    [
        "# One container alone, while another takes its place.",
        new("@only file", [$"root {Folder}", "try_files /*"]),
        new("route @only",
        [
            new("map {http.matchers.file.relative} {only}", [$"~^/*(.+)$ {Quoted("${1}")}"]),
            new("reverse_proxy", [$"to {{only}}:{Port}", .. Bounds]),
        ]),
        "# Every container of the service, as the engine's name server tells them.",
        new("reverse_proxy", [new($"dynamic a {Service.Name} {Port}", ["refresh 1s"]), .. Bounds]),
    ]);

    private string Snippet => Answer is { } answer ? FormattableString.Invariant($"to-{Service.Name}-{Seconds(answer)}") : $"to-{Service.Name}";

    private string Folder => $"{Folders}/{Service.Name}";

    private ImmutableArray<string> PinTo =>
    [
        "sh", "-c",
        // The new one is there before the old one goes: a request in between finds one of them.
        $"mkdir -p {Folder} && : >\"{Folder}/$1\" && for old in {Folder}/*; do [ \"$old\" = \"{Folder}/$1\" ] || rm -f \"$old\"; done",
        "--", Route.Container,
    ];

    private ImmutableArray<CaddyLine> Bounds =>
    [
        "# A container that cannot be dialled has not seen the request: another one may.",
        "lb_try_duration 10s",
        "lb_try_interval 100ms",
        new("transport http",
        [
            "dial_timeout 2s",
            "# A connection kept open breaks under its next request when the container behind it stops.",
            "keepalive off",
            .. When(Answer is not null, $"response_header_timeout {Seconds(Answer ?? default)}"),
        ]),
    ];

    private int Port => Service.Endpoint is { } endpoint
        ? endpoint.Port
        : throw new ArgumentException($"'{Service.Name}' offers no address, so no proxy can lead to it.");

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{(int)time.TotalSeconds}s");
}
