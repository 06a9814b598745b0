using Infra.Model;
using Infra.Targets;

namespace Infra.Components.Parts;

/// <summary>A service that an application uses, and the variable in which it looks for its URL.</summary>
/// <param name="Service">The service; its address, its password and the wait for it come along.</param>
/// <param name="Variable">The variable: <c>DATABASE_URL</c>.</param>
/// <param name="Path">What follows the port, where it is not the service's own: <c>/1</c>.</param>
/// <param name="Scheme">The URL's scheme, where it is not the service's own: <c>postgresql+psycopg</c>.</param>
public sealed record Connection(ServiceSpec Service, string Variable, string? Path = null, string? Scheme = null)
{
    /// <summary>The URL.</summary>
    /// <exception cref="ArgumentException">The service has no address.</exception>
    public Template Url => Service.Endpoint is { } endpoint
        ? endpoint.Url(Scheme, Path)
        : throw new ArgumentException($"'{Service.Name}' offers no address, so {Variable} cannot lead to it.");
}

/// <summary>Names the variable for a service that an application needs.</summary>
public static class ConnectionExtensions
{
    /// <summary>The service, under this variable.</summary>
    public static Connection As(this ServiceComponent service, string variable, string? path = null, string? scheme = null)
        => new(service.Spec, variable, path, scheme);

    /// <summary>The service, under this variable.</summary>
    public static Connection As(this ServiceSpec service, string variable, string? path = null, string? scheme = null)
        => new(service, variable, path, scheme);
}
