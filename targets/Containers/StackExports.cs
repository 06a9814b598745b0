using System.Collections.Immutable;
using System.Globalization;
using Infra.Model;
using Pulumi;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>The stack's outputs.</summary>
public sealed class StackExports
{
    private readonly ISecretValues secrets;
    private readonly List<(ServiceSpec Spec, ImmutableArray<Docker.Container> Containers)> services = [];

    internal StackExports(ISecretValues secrets) => this.secrets = secrets;

    /// <summary>The address of each service that publishes a port; <c>service:port</c> for its second port and on.</summary>
    public Output<ImmutableDictionary<string, string>> Addresses =>
        Output.Create(services.SelectMany(service => AddressesOf(service.Spec)).ToImmutableDictionary());

    /// <summary>The name of each service's container; <c>service.2</c> for its second and on.</summary>
    public Output<ImmutableDictionary<string, string>> Containers =>
        Mapped(services.SelectMany(service => service.Containers.Select((container, at) =>
            (at == 0 ? service.Spec.Name : FormattableString.Invariant($"{service.Spec.Name}.{at + 1}"), container.Name))));

    /// <summary>The id of the image that runs the application; empty where no service does.</summary>
    public Output<string> AppImage =>
        services.Where(service => service.Spec.IsApplication()).Select(service => service.Containers[0].Image).FirstOrDefault() ?? Output.Create("");

    /// <summary>The value of each secret.</summary>
    public Output<ImmutableDictionary<string, string>> Secrets =>
        Output.CreateSecret(Mapped(Used.Select(secret => (secret.Name, secrets.Get(secret)))));

    /// <summary>The URL at which each service is reached inside the stack, with its password.</summary>
    public Output<ImmutableDictionary<string, string>> Urls => Output.CreateSecret(Mapped(
        from service in services
        let endpoint = service.Spec.Endpoint
        where endpoint is not null
        select (service.Spec.Name, new Filler(secrets).Fill(endpoint.Url()).ToOutput())));

    private IEnumerable<Secret> Used =>
        services
            .SelectMany(service => service.Spec.Files.Select(file => file.Content).Concat(service.Spec.Environment.Values))
            .SelectMany(template => template.Secrets)
            .Distinct();

    internal void Add(ServiceSpec spec, ImmutableArray<Docker.Container> containers) => services.Add((spec, containers));

    private static IEnumerable<KeyValuePair<string, string>> AddressesOf(ServiceSpec service) =>
        Model
            .Addresses.Published(service)
            .Select(
                (each, at) =>
                    KeyValuePair.Create(at == 0 ? service.Name : FormattableString.Invariant($"{service.Name}:{Told(service, each)}"), each.Address)
            );

    // The sites of a proxy share its ports.
    private static string Told(ServiceSpec service, (Port Port, string Address) each)
        => service.Upstreams.IsEmpty ? each.Port.Container.ToString(CultureInfo.InvariantCulture) : new Uri(each.Address).Authority;

    private static Output<ImmutableDictionary<string, string>> Mapped(IEnumerable<(string Key, Output<string> Value)> entries)
    {
        var pairs = entries.ToImmutableArray();
        return Output
            .All(pairs.Select(pair => pair.Value))
            .Apply(values => pairs.Zip(values, (pair, value) => KeyValuePair.Create(pair.Key, value)).ToImmutableDictionary());
    }
}
