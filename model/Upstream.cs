namespace Infra.Model;

/// <summary>A service behind a proxy or a gateway, and the path whose requests are passed on to it.</summary>
/// <param name="Path">The path: <c>/auth</c>, or <c>/</c> for all.</param>
/// <param name="Service">The service's name.</param>
public sealed record Upstream(string Path, string Service);
