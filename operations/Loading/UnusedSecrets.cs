using Infra.Model;
using Infra.Operations.Project;

namespace Infra.Operations.Loading;

/// <summary>Files of secrets that nothing uses.</summary>
internal static class UnusedSecrets
{
    /// <summary>A warning for each.</summary>
    public static IEnumerable<Finding> Find(ReviewedStack stack)
    {
        var folder = new DirectoryInfo(stack.Workspace.Absolute(Workspace.SecretsOf(stack.Name)));
        var used = stack.Topology.Secrets.Select(secret => secret.Name).ToHashSet(StringComparer.Ordinal);
        return (folder.Exists ? folder.EnumerateFiles() : [])
            .Where(file => !file.Name.StartsWith('.') && !used.Contains(file.Name))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new Finding(
                "SECRETS",
                Severity.Warning,
                $"{Workspace.SecretsOf(stack.Name)}/{file.Name}",
                "No service of the stack uses this secret.",
                "Remove the file, or name its variable in infra:app.secrets."
            ));
    }
}
