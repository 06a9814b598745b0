namespace Pulumi;

/// <summary>What can be asked for a component.</summary>
public sealed class ComponentResourceOptions : ResourceOptions
{
    public List<ProviderResource> Providers { get => field ??= []; set; }

    /// <summary>New options: the first's, overlaid with what the second has set.</summary>
    public static ComponentResourceOptions Merge(ComponentResourceOptions? options1, ComponentResourceOptions? options2)
    {
        var merged = new ComponentResourceOptions();
        merged.TakeAll(options1);
        merged.TakeAll(options2);
        return merged;
    }

    private void TakeAll(ComponentResourceOptions? other)
    {
        if (other is null)
            return;

        Take(other);
        Providers = [.. Providers, .. other.Providers];
    }
}
