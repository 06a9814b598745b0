using Infra.Model;
using Infra.Stacks;
using Infra.Stacks.Configuration;

namespace Infra;

/// <summary>The secrets that a production stack needs and nobody has given yet. Not every checkout has them, so this is no error before <c>up</c>.</summary>
public static class MissingSecrets
{
    /// <summary>All of them as one warning; none in development, which makes its own.</summary>
    public static IEnumerable<Finding> Of(Workspace workspace, StackContext stack)
    {
        if (stack.Settings.Environment == EnvironmentKind.Dev) return [];
        var files = SecretFiles.Of(workspace.Root, stack.Name);
        var missing = stack.Topology.Secrets.Where(secret => !File.Exists(files.PathOf(secret)) && !IsConfigured(stack, secret)).Select(secret => secret.Name).ToArray();
        return missing.Length == 0 ? [] : [new Finding("SECRETS", Severity.Warning, Workspace.SecretsOf(stack.Name), $"These are not here, and 'up' needs them: {string.Join(", ", missing)}.",
            $"Write each into a file of its name there, or, for Pulumi, run 'pulumi config set --secret {SettingsSource.Namespace}:NAME --stack {stack.Name}'.")];
    }

    private static bool IsConfigured(StackContext stack, Secret secret) => stack.Source.Encrypted.Contains(secret.Name) || stack.Source.Values.ContainsKey(secret.Name);
}
