namespace Infra.Model;

/// <summary>Where a service offers metrics in Prometheus' format, to others on its networks.</summary>
/// <param name="Port">The port it answers on.</param>
/// <param name="Path">The path, with its query where it has one. Defaults to <c>/metrics</c>.</param>
public sealed record MetricsEndpoint(int Port, string Path = "/metrics")
{
    /// <summary>What distinguishes it from the service's other endpoints: <c>queues</c>; nothing for the first.</summary>
    public string? Part { get; init; }
}
