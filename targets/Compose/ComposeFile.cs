using Infra.Model;

namespace Infra.Targets.Compose;

/// <summary>A file that must lie beside a Compose file before it is brought up.</summary>
/// <param name="Name">What the Compose file calls it.</param>
/// <param name="Path">Where it is rendered to, relative to the project's root.</param>
/// <param name="Content">Its text, holes for secrets included.</param>
public sealed record ComposeFile(string Name, string Path, Template Content)
{
    /// <summary>Whether it has a secret, and so lies in a folder that only its owner enters.</summary>
    public bool IsSecret => Content.HasSecrets;
}
