using System.Collections.Immutable;

namespace Pulumi;

/// <summary>The providers that a resource's children inherit, one a package.</summary>
internal sealed class ProviderMap
{
    private static readonly ProviderMap s_none = new(ImmutableDictionary<string, ProviderResource>.Empty);

    private readonly ImmutableDictionary<string, ProviderResource> _byPackage;

    private ProviderMap(ImmutableDictionary<string, ProviderResource> byPackage) => _byPackage = byPackage;

    public static ProviderMap Of(Resource resource, ResourceOptions options, Resource? parent)
    {
        var inherited = parent?.Providers ?? s_none;
        if (options is not ComponentResourceOptions component)
            return inherited;

        if (component.Provider is not null && component.Providers.Count > 0)
            throw new ArgumentException($"'{resource.GetResourceName()}' has both Provider and Providers: give one of them.", nameof(options));

        var own = component.Provider is { } provider ? [provider] : component.Providers;
        return own.Count == 0
            ? inherited
            : new(inherited._byPackage.SetItems(own.Select(item => KeyValuePair.Create(item.Package, item))));
    }

    /// <summary>The provider for a type such as <c>docker:index/container:Container</c>, or null.</summary>
    public ProviderResource? For(string type) => _byPackage.GetValueOrDefault(type[..Math.Max(0, type.IndexOf(':', StringComparison.Ordinal))]);
}
