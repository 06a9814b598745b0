using System.Text;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;

namespace Infra.Operations.Rotation;

/// <summary>The stack's configuration, encrypted.</summary>
/// <param name="shell">Runs Pulumi's client, in the project's root.</param>
/// <param name="stack">The stack's name.</param>
public sealed class PulumiStore(IShell shell, string stack) : ISecretStore
{
    /// <inheritdoc/>
    public string Where(Secret secret) => $"{Workspace.SettingsName(stack)}: {PulumiCli.KeyOf(secret)}";

    /// <inheritdoc/>
    public async Task<SecretValue> ReadAsync(Secret secret, CancellationToken cancellationToken)
    {
        var answer = await PulumiCli.ConfiguredAsync(shell, stack, secret, cancellationToken);
        return answer.Succeeded
            ? PulumiCli.ValueOf(answer)
            : throw UserErrorException.BadInput($"{Where(secret)}: Pulumi cannot read it: {answer.Reason}");
    }

    /// <inheritdoc/>
    public async Task SetAsync(Secret secret, SecretValue value, CancellationToken cancellationToken)
    {
        if (value.Text is not { } text)
            throw UserErrorException.BadInput(
                $"{Where(secret)}: The value is not UTF-8 text, and Pulumi's configuration holds nothing else. Encode it, in Base64 say."
            );
        // By its input: a command line is everybody's to read. There the client takes one line break at the end for its reader's.
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text + "\n" : text));
        var answer = await shell.StreamAsync(
            PulumiCli.Program,
            ["config", "set", "--secret", PulumiCli.KeyOf(secret), "--stack", stack, "--non-interactive"],
            input,
            null,
            cancellationToken
        );
        if (!answer.Succeeded)
            throw UserErrorException.Failed($"{Where(secret)}: Pulumi cannot write it: {answer.Reason}");
    }
}
