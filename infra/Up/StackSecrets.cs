using Infra.Cli;
using Infra.Engine;
using Infra.Model;
using Infra.Stacks;

namespace Infra.Up;

/// <summary>
/// The values of a stack's secrets, from one source whichever the engine: development takes the configuration's, else a file
/// that is made on first use; production takes the file that somebody put there.
/// </summary>
public sealed class StackSecrets(Workspace workspace, IShell shell, StackContext stack, Action<string> say)
{
    private readonly SecretFiles files = new(workspace.Absolute(Workspace.SecretsOf(stack.Name)));
    private readonly Dictionary<string, string> configured = new(StringComparer.Ordinal);

    private bool IsDev => stack.Settings.Environment == EnvironmentKind.Dev;

    /// <summary>What tells that a file, or a secret in it, has changed.</summary>
    public FileDigests Digests => new(files, ReadOrCreate);

    /// <summary>Whether none would have to be made.</summary>
    public bool AreAllThere => stack.Topology.Secrets.All(secret => configured.ContainsKey(secret.Name) || files.Read(secret) is not null);

    /// <summary>Sees that each has a value or may be given one.</summary>
    /// <exception cref="CliException">Some have none; all of them are named. Or the files are somebody else's.</exception>
    public async Task RequireAsync(CancellationToken cancel)
    {
        if (files.Protect(stack.Topology.Secrets) is { } open) throw CliException.Bad(open);
        var missing = new List<string>();
        foreach (var secret in stack.Topology.Secrets)
        {
            if (IsDev && stack.Source.Values[secret.Name] is { } plain) configured[secret.Name] = plain.ToString();
            else if (IsDev && stack.Source.Encrypted.Contains(secret.Name)) await DecryptAsync(secret, missing, cancel);
            else if (!IsDev && files.Read(secret) is null)
                missing.Add($"{Workspace.SecretsOf(stack.Name)}/{secret.Name}: The secret is missing, and production makes none up. Write its value into this file (no line break); 'up' closes the folder to others.");
        }

        if (missing.Count > 0) throw CliException.Bad(missing);
    }

    /// <summary>The secret's value; made up in development when there is none.</summary>
    public string ReadOrCreate(Secret secret)
    {
        if (configured.TryGetValue(secret.Name, out var value)) return value;
        if (files.Read(secret) is { } there) return there;
        say($"Made the secret {Workspace.SecretsOf(stack.Name)}/{secret.Name}.");
        return files.ReadOrCreate(secret);
    }

    private async Task DecryptAsync(Secret secret, List<string> missing, CancellationToken cancel)
    {
        var answer = shell.Find(EngineChoice.Pulumi) is null ? null : await PulumiCli.ConfiguredAsync(shell, stack.Name, secret, cancel);
        if (answer is { Succeeded: true }) configured[secret.Name] = answer.Output.TrimEnd('\n');
        else if (files.Read(secret) is null) missing.Add($"{stack.Source.Where(secret.Name)}: It is encrypted, and only Pulumi's command line can read it{(answer is null ? "" : $" ({answer.Reason})")}. "
            + $"Use --engine pulumi, or put the value into {Workspace.SecretsOf(stack.Name)}/{secret.Name}.");
    }
}
