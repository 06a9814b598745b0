using System.Collections.Immutable;
using Infra.Model;
using Infra.Targets;

namespace Infra.Components.Parts;

/// <summary>A variable in which an application looks for services that it uses; they are waited for.</summary>
/// <param name="Variable">The variable: <c>DATABASE_URL</c>.</param>
/// <param name="Value">Its value: a service's URL, or another text that leads to some.</param>
/// <param name="Services">The services; what they need to be reached by comes along in the value.</param>
public sealed record Connection(string Variable, Template Value, ImmutableArray<ServiceSpec> Services);

/// <summary>Names the variable for a service that an application needs.</summary>
public static class ConnectionExtensions
{
    /// <summary>The service's URL, under this variable.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="path">What follows the port, where it is not the service's own: <c>/1</c>.</param>
    /// <param name="scheme">The URL's scheme, where it is not the service's own: <c>postgresql+psycopg</c>.</param>
    /// <exception cref="ArgumentException">The service has no address.</exception>
    public static Connection As(this ServiceSpec service, string variable, string? path = null, string? scheme = null) =>
        service.Endpoint is { } endpoint
            ? new(variable, endpoint.Url(scheme, path), [service])
            : throw new ArgumentException($"'{service.Name}' offers no address, so {variable} cannot lead to it.");

    /// <inheritdoc cref="As(ServiceSpec, string, string?, string?)"/>
    public static Connection As(this ServiceComponent service, string variable, string? path = null, string? scheme = null) =>
        service.Spec.As(variable, path, scheme);
}
