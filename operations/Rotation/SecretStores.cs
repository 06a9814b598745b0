using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;
using Infra.Stacks;
using Infra.Stacks.Configuration;

namespace Infra.Operations.Rotation;

/// <summary>Finds where the value of a secret is kept.</summary>
public static class SecretStores
{
    /// <param name="session">The project, and what runs Pulumi's client.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="files">Its files of secrets.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="configuresProduction">Whether production's secrets are in the stack's configuration and nowhere else.</param>
    /// <exception cref="UserErrorException">It is where it is not to be, or where nothing here can change it.</exception>
    public static ISecretStore Find(Session session, StackContext stack, SecretFiles files, Secret secret, bool configuresProduction)
    {
        var isDev = stack.Settings.Environment == EnvironmentKind.Dev;
        if ((isDev || configuresProduction) && stack.Source.Values.ContainsKey(secret.Name))
            throw UserErrorException.BadInput(
                $"{stack.Source.Where(secret.Name)}: The secret's value is there in plain text, and 'rotate' does not write it. "
                    + $"Encrypt it with 'pulumi config set --secret', or move it to {Workspace.SecretsOf(stack.Name)}/{secret.Name}."
            );
        // Development has a file where its configuration has no value.
        var isConfigured = isDev ? stack.Source.Encrypted.Contains(secret.Name) : configuresProduction;
        if (!isConfigured) return new FileStore(files, Workspace.SecretsOf(stack.Name));
        if (session.Shell.Find(PulumiCli.Program) is null)
            throw UserErrorException.BadInput(
                $"{stack.Source.Where(secret.Name)}: It is encrypted, and only Pulumi's command line can change it. Install the Pulumi CLI."
            );
        return new PulumiStore(session.Shell, stack.Name);
    }
}
