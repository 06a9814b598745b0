namespace Infra.Model;

/// <summary>
/// A file that the target puts into the container, world-readable and read-only: at <c>/run/secrets/NAME</c> when its content
/// has a secret, else at <c>/run/configs/NAME</c>. Two fixed folders, because a target that can only mount whole folders
/// (Pulumi's containers with a read-only root) then says the same as one that mounts single files.
/// </summary>
/// <param name="Name">The file's name; may have folders before it (<c>provisioning/datasources.yaml</c>).</param>
/// <param name="Content">Its text, holes for secrets included.</param>
public sealed record ServiceFile(string Name, Template Content)
{
    /// <summary>Where files with secrets appear.</summary>
    public const string SecretsDirectory = "/run/secrets";

    /// <summary>Where files without secrets appear.</summary>
    public const string ConfigsDirectory = "/run/configs";

    /// <summary>Whether its content has a secret.</summary>
    public bool IsSecret => Content.HasSecrets;

    /// <summary>The folder it appears in.</summary>
    public string Directory => IsSecret ? SecretsDirectory : ConfigsDirectory;

    /// <summary>Its path in the container.</summary>
    public string Path => $"{Directory}/{Name}";

    /// <summary>A file that holds just one secret, named after it.</summary>
    public static ServiceFile For(Secret secret) => new(secret.Name, Template.From($"{secret}"));
}
