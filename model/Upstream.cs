namespace Infra.Model;

/// <summary>A path of a proxy, and where its requests go.</summary>
/// <param name="Path">The path: <c>/api</c>, or <c>/</c> for all.</param>
/// <param name="Service">The service's name; nothing where the proxy answers itself.</param>
public sealed record Upstream(string Path, string? Service)
{
    /// <summary>The name below which the path is, and the port at which the proxy listens for it.</summary>
    public required Endpoint Site { get; init; }

    /// <summary>The path that shows whether a user gets there.</summary>
    public string Asked { get; init; } = "/";

    /// <summary>The status that is the answer then; any below 500 when unset.</summary>
    public int? Status { get; init; }

    /// <summary>Whether nobody else knows who signed the certificate: the proxy itself, or whoever signs local names. Defaults to no.</summary>
    public bool HasOwnAuthority { get; init; }
}
