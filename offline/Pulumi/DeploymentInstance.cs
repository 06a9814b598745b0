namespace Pulumi;

/// <summary>One run of a program, as the program sees it.</summary>
public sealed partial class DeploymentInstance
{
    private readonly MockRun _run;

    internal DeploymentInstance(MockRun run) => _run = run;

    public string StackName => _run.StackName;

    public string ProjectName => _run.ProjectName;

    public string OrganizationName => _run.OrganizationName;

    public string RootDirectory =>
        _run.RootDirectory ?? throw new InvalidOperationException("This run has no root directory: set TestOptions.RootDirectory.");

    /// <summary>Whether this is a preview.</summary>
    public bool IsDryRun => _run.IsPreview;
}
