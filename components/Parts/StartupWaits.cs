using System.Collections.Immutable;
using System.Globalization;
using Infra.Components.Programs;
using Infra.Model;

namespace Infra.Components.Parts;

/// <summary>
/// What a service waits for by itself, beside the engine's own waits: an engine that starts containers again after a restart
/// of the machine knows no order.
/// </summary>
/// <param name="Limit">How long it waits for all of them together.</param>
/// <param name="Targets">What must answer.</param>
public sealed record StartupWaits(TimeSpan Limit, ImmutableArray<WaitTarget> Targets)
{
    /// <summary>The program that waits, as the container gets it.</summary>
    public static ServiceFile Program { get; } = new("wait-for-services.py", Embedded.Text("wait-for-services.py"));

    /// <summary>So many seconds for these.</summary>
    public static StartupWaits For(int seconds, params ImmutableArray<WaitTarget> targets) => new(TimeSpan.FromSeconds(seconds), targets);

    /// <summary>The command, run once every target answers.</summary>
    public ImmutableArray<string> Around(ImmutableArray<string> command) =>
    [
        "python3", Program.Path, .. Targets.Select(target => target.ToString()),
        "--timeout", ((int)Limit.TotalSeconds).ToString(CultureInfo.InvariantCulture), "--", .. command,
    ];
}

/// <summary>Something that must answer: an open port (<c>tcp://</c>), or status 200 (<c>http://</c>).</summary>
/// <param name="Name">What the log calls it.</param>
/// <param name="Url">Where it is.</param>
public sealed record WaitTarget(string Name, string Url)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}:{Url}";
}

/// <summary>Makes targets from services.</summary>
public static class WaitTargets
{
    /// <summary>Its port is open.</summary>
    public static WaitTarget Tcp(this ServiceSpec service) => Of(service, endpoint => $"tcp://{endpoint.Host}:{Text(endpoint.Port)}");

    /// <summary>Its path answers 200.</summary>
    public static WaitTarget Http(this ServiceSpec service, string path) =>
        Of(service, endpoint => $"http://{endpoint.Host}:{Text(endpoint.Port)}{path}");

    private static WaitTarget Of(ServiceSpec service, Func<Endpoint, string> url) => service.Endpoint is { } endpoint
        ? new WaitTarget(service.Name, url(endpoint))
        : throw new ArgumentException($"'{service.Name}' offers no address, so nothing can wait for it to answer.");

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
