namespace Pulumi;

/// <summary>Runs a program.</summary>
public sealed partial class Deployment
{
    private Deployment()
    {
    }

    /// <summary>The run that the calling code belongs to.</summary>
    public static DeploymentInstance Instance => MockRun.Required.Instance;
}
