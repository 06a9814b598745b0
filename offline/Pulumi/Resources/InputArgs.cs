namespace Pulumi;

/// <summary>A class whose <see cref="InputAttribute"/> members are sent.</summary>
public abstract class InputArgs
{
    protected InputArgs()
    {
    }
}
