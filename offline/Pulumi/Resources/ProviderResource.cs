namespace Pulumi;

/// <summary>A provider with settings of its own.</summary>
public class ProviderResource : CustomResource
{
    internal const string TypePrefix = "pulumi:providers:";

    public ProviderResource(string package, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(TypePrefix + package, name, args, options)
    {
    }

    public ProviderResource(
        string package,
        string name,
        ResourceArgs? args,
        CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null)
        : base(TypePrefix + package, name, args, options, registerPackageRequest)
    {
    }

    internal string Package => GetResourceType()[TypePrefix.Length..];

    /// <summary>How a mock is told of this provider.</summary>
    internal async Task<string> GetReferenceAsync() => $"{(await Urn.Data).Value}::{(await Id.Data).Value}";
}
