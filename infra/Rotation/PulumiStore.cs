using System.Text;
using Infra.Cli;
using Infra.Engine;
using Infra.Model;
using Infra.Up;

namespace Infra.Rotation;

/// <summary>The stack's configuration, encrypted.</summary>
/// <param name="shell">Runs Pulumi's client, in the project's root.</param>
/// <param name="stack">The stack's name.</param>
public sealed class PulumiStore(IShell shell, string stack) : ISecretStore
{
    /// <inheritdoc/>
    public string Where(Secret secret) => $"{Workspace.SettingsName(stack)}: {PulumiCli.KeyOf(secret)}";

    /// <inheritdoc/>
    public async Task<string> ReadAsync(Secret secret, CancellationToken cancel)
    {
        var answer = await PulumiCli.ConfiguredAsync(shell, stack, secret, cancel);
        return answer.Succeeded ? answer.Output.TrimEnd('\r', '\n') : throw CliException.Bad($"{Where(secret)}: Pulumi cannot read it: {answer.Reason}");
    }

    /// <inheritdoc/>
    public async Task SetAsync(Secret secret, string value, CancellationToken cancel)
    {
        // By its input: a command line is everybody's to read.
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(value));
        var answer = await shell.StreamAsync(EngineChoice.Pulumi, ["config", "set", "--secret", PulumiCli.KeyOf(secret), "--stack", stack, "--non-interactive"], input, null, cancel);
        if (!answer.Succeeded) throw CliException.Failure($"{Where(secret)}: Pulumi cannot write it: {answer.Reason}");
    }
}
