using Infra.Model;

namespace Infra.Operations.ComposeInput.Recognition;

/// <summary>What a service of somebody else's Compose file is.</summary>
/// <param name="Kind">The kind of the settings: <c>postgres</c>, <c>web</c>, <c>worker</c>, …, or <c>container</c> for anything else.</param>
/// <param name="Role">What it does in the application.</param>
/// <param name="Image">What is known of its image by the name, where it is a published one.</param>
public sealed record Recognized(string Kind, ServiceRole Role, KnownImage? Image = null)
{
    /// <summary>Whether a kind of the settings other than <c>container</c> can run it.</summary>
    public bool FitsKind => Kind != "container" && Image is not { HasOwnContract: true };

    /// <summary>Whether it runs the application's own code.</summary>
    public bool IsApplication => Kind is "web" or "worker" or "beat" or "process" or "step" || (Kind == "flower" && Image is null);
}
