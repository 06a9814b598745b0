using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;
using Infra.Stacks;
using Infra.Stacks.Configuration;

namespace Infra.Operations.SecretValues;

/// <summary>
/// The values of a stack's secrets, from one source whichever the engine: development takes the configuration's, else a file
/// that is generated on first use; production takes the file that was put there.
/// </summary>
public sealed class StackSecrets(Workspace workspace, IShell shell, StackContext stack, Action<string> say)
{
    private readonly SecretFiles files = new(workspace.Absolute(Workspace.SecretsOf(stack.Name)));
    private readonly Dictionary<string, SecretValue> configured = new(StringComparer.Ordinal);

    /// <summary>Values to take whatever is kept, by the names of their secrets. Defaults to none.</summary>
    public ImmutableDictionary<string, SecretValue> Given { get; init; } = ImmutableDictionary<string, SecretValue>.Empty;

    private bool IsDev => stack.Settings.Environment == EnvironmentKind.Dev;

    /// <summary>What shows that a file, or a secret in it, has changed.</summary>
    public FileDigests Digests => new(files, ReadOrCreate);

    /// <summary>Whether none would have to be made.</summary>
    public bool AreAllThere => stack.Topology.Secrets.All(secret => Find(secret) is not null);

    /// <summary>Sees that each has a value that its services can use, or may be given one.</summary>
    /// <exception cref="UserErrorException">
    /// Some have none, or one that cannot work: the message names all of them. Or others may enter the folder.
    /// </exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (files.Protect() is { } open) throw UserErrorException.BadInput(open);
        var wrong = new List<string>();
        foreach (var secret in stack.Topology.Secrets)
        {
            var where = FileOf(secret);
            if (IsDev && stack.Source.Values[secret.Name] is { } plain)
            {
                where = stack.Source.Where(secret.Name);
                configured[secret.Name] = plain.ToString();
            }
            else if (IsDev && stack.Source.Encrypted.Contains(secret.Name))
            {
                await DecryptAsync(secret, wrong, cancellationToken);
                if (configured.ContainsKey(secret.Name)) where = stack.Source.Where(secret.Name);
            }

            Review(secret, where, wrong);
        }

        if (wrong.Count > 0) throw UserErrorException.BadInput(wrong);
    }

    /// <summary>The secret's value as its services take it; generated in development when there is none.</summary>
    public SecretValue ReadOrCreate(Secret secret) => (Find(secret) ?? Create(secret)).Taken(stack.Topology.FormsOf(secret));

    private SecretValue? Find(Secret secret) =>
        Given.GetValueOrDefault(secret.Name) ?? configured.GetValueOrDefault(secret.Name) ?? files.Read(secret);

    private SecretValue Create(Secret secret)
    {
        say($"Created the secret {FileOf(secret)}.");
        return files.ReadOrCreate(secret);
    }

    private string FileOf(Secret secret) => $"{Workspace.SecretsOf(stack.Name)}/{secret.Name}";

    private void Review(Secret secret, string where, List<string> wrong)
    {
        try
        {
            if (Find(secret) is { } value)
            {
                if (value.Problem(stack.Topology.FormsOf(secret)) is { } problem) wrong.Add($"{where}: {problem.What} {problem.Do}");
            }
            else if (stack.Topology.IsGiven(secret))
            {
                wrong.Add(
                    $"{where}: The secret is missing, and what has it for its password runs elsewhere. "
                        + "Write its value into this file (no line break)."
                );
            }
            else if (!IsDev)
            {
                wrong.Add(
                    $"{where}: The secret is missing, and production generates none. "
                        + "Write its value into this file (no line break); 'up' closes the folder to others."
                );
            }
        }
        catch (IOException unreadable)
        {
            wrong.Add(unreadable.Message);
        }
    }

    private async Task DecryptAsync(Secret secret, List<string> missing, CancellationToken cancellationToken)
    {
        var answer = shell.Find(PulumiCli.Program) is null ? null : await PulumiCli.ConfiguredAsync(shell, stack.Name, secret, cancellationToken);
        if (answer is { Succeeded: true })
            configured[secret.Name] = PulumiCli.ValueOf(answer);
        else if (files.Read(secret) is null)
            missing.Add(
                $"{stack.Source.Where(secret.Name)}: "
                    + $"It is encrypted, and only Pulumi's command line can read it{(answer is null ? "" : $" ({answer.Reason})")}. "
                    + $"Use --engine pulumi, or put the value into {Workspace.SecretsOf(stack.Name)}/{secret.Name}."
            );
    }
}
