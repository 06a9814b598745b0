namespace Infra.Tests.EndToEnd.Systems;

/// <summary>One of the five systems.</summary>
public abstract class SystemStack(string stack, string app, string? web = "web") : LiveStack
{
    internal sealed override Project Make() => Project.Make(stack, app, web);

    internal sealed override Task PrepareAsync(Project project)
    {
        Prepare(project);
        return Task.CompletedTask;
    }

    /// <summary>Gives what has a fixed name or port one of its own.</summary>
    internal abstract void Prepare(Project project);
}
