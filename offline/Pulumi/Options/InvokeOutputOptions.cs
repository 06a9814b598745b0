namespace Pulumi;

/// <summary>Where, and after what, a provider's function is to run.</summary>
public sealed class InvokeOutputOptions : InvokeOptions
{
    public InputList<Resource> DependsOn { get => field ??= []; set; }
}
