using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>Everything that a stack runs.</summary>
public sealed record Topology(Naming Naming, ImmutableArray<ServiceSpec> Services)
{
    /// <summary>The service of that name, if there is one.</summary>
    public ServiceSpec? Find(string name) => Services.FirstOrDefault(service => service.Name == name);

    /// <summary>The volumes that services mount, each once, by name.</summary>
    public ImmutableArray<Volume> Volumes =>
        [.. Services.SelectMany(service => service.Mounts).OfType<VolumeMount>().Select(mount => mount.Volume)
            .DistinctBy(volume => volume.Name).OrderBy(volume => volume.Name, StringComparer.Ordinal)];

    /// <summary>The networks that services are on, each once, by name.</summary>
    public ImmutableArray<Network> Networks =>
        [.. Services.SelectMany(service => service.Networks).Select(attachment => attachment.Network)
            .DistinctBy(network => network.Name).OrderBy(network => network.Name, StringComparer.Ordinal)];

    /// <summary>The images to build, each once, every one after the image it starts from.</summary>
    public ImmutableArray<BuiltImage> Builds =>
        [.. Services.Select(service => service.Image).OfType<BuiltImage>().SelectMany(WithBases).DistinctBy(image => image.Name)];

    /// <summary>The secrets that any file or variable has a hole for, by name.</summary>
    public ImmutableArray<Secret> Secrets =>
        [.. Templates.SelectMany(template => template.Secrets).Distinct().OrderBy(secret => secret.Name, StringComparer.Ordinal)];

    /// <summary>The stores that services are led to and that run elsewhere, each once, by name.</summary>
    public ImmutableArray<External> Externals =>
        [.. Services.SelectMany(service => service.Externals).DistinctBy(external => external.Name)
            .OrderBy(external => external.Name, StringComparer.Ordinal)];

    /// <summary>Whether a secret must be given, in development too: something that runs elsewhere knows its value.</summary>
    public bool IsGiven(Secret secret) => Externals.Any(external => external.Endpoint.Password == secret);

    private IEnumerable<Template> Templates =>
        Services.SelectMany(service => service.Files.Select(file => file.Content).Concat(service.Environment.Values));

    /// <summary>The forms in which a secret is written anywhere.</summary>
    public ImmutableArray<SecretForm> FormsOf(Secret secret) => [.. Templates.SelectMany(template => template.FormsOf(secret)).Distinct()];

    /// <summary>The services, each after those it waits for; those of a circle last, in the order given.</summary>
    public ImmutableArray<ServiceSpec> InStartOrder()
    {
        var placed = new HashSet<string>(StringComparer.Ordinal);
        var names = Services.Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        var order = ImmutableArray.CreateBuilder<ServiceSpec>(Services.Length);
        var left = Services.ToList();
        while (left.Count > 0)
        {
            var ready = left.Where(service => service.WaitsFor.All(wait => placed.Contains(wait.Service) || !names.Contains(wait.Service))).ToList();
            if (ready.Count == 0) ready = [.. left];
            order.AddRange(ready);
            placed.UnionWith(ready.Select(service => service.Name));
            left.RemoveAll(ready.Contains);
        }

        return order.MoveToImmutable();
    }

    /// <summary>The services that run until they are stopped.</summary>
    public IEnumerable<ServiceSpec> LongRunning()
    {
        var awaited = Services.SelectMany(service => service.WaitsFor)
            .Where(wait => wait.Condition == WaitCondition.Completed).Select(wait => wait.Service).ToHashSet(StringComparer.Ordinal);
        return Services.Where(service => service.Role != ServiceRole.Job && !awaited.Contains(service.Name));
    }

    private static IEnumerable<BuiltImage> WithBases(BuiltImage image)
        => image.Base is null ? [image] : WithBases(image.Base).Append(image);
}
