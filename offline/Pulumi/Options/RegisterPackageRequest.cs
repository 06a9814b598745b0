namespace Pulumi;

/// <summary>A package that an engine would fetch. None can be asked for here.</summary>
public sealed class RegisterPackageRequest
{
    private RegisterPackageRequest()
    {
    }
}
