namespace Infra.Model;

/// <summary>
/// A service that runs elsewhere, mostly a store: services are led to it, and nothing here starts it, waits for it or changes its password.
/// </summary>
/// <param name="Name">What the settings call it.</param>
/// <param name="Role">What it does in the application.</param>
/// <param name="Endpoint">How it is reached.</param>
public sealed record External(string Name, ServiceRole Role, Endpoint Endpoint)
{
    /// <summary>Whether what is said to it is encrypted, and how it must prove who it is.</summary>
    public required TlsMode Tls { get; init; }

    /// <summary>The certificates that its own is held to; those that a client has where unset.</summary>
    public ServiceFile? Authority { get; init; }

    /// <summary>What a service needs to be led to it.</summary>
    public IEnumerable<ServiceFile> Files => Authority is null ? [] : [Authority];
}
