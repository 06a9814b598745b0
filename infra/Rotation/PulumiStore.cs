using System.Text;
using Infra.Cli;
using Infra.Engine;
using Infra.Model;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Up;

namespace Infra.Rotation;

/// <summary>The stack's configuration, encrypted; what a rotation has noted lies in a file until it is over.</summary>
/// <param name="shell">Runs Pulumi's client, in the project's root.</param>
/// <param name="files">Where values are noted.</param>
/// <param name="stack">The stack's name.</param>
public sealed class PulumiStore(IShell shell, SecretFiles files, string stack) : ISecretStore
{
    /// <inheritdoc/>
    public string Where(Secret secret) => $"{Workspace.SettingsName(stack)}: {Key(secret)}";

    /// <inheritdoc/>
    public async Task<string> ReadAsync(Secret secret, CancellationToken cancel)
    {
        var answer = await shell.RunAsync(EngineChoice.Pulumi, ["config", "get", Key(secret), "--stack", stack], cancel);
        return answer.Succeeded ? answer.Output.TrimEnd('\r', '\n') : throw CliException.Bad($"{Where(secret)}: Pulumi cannot read it: {answer.Reason}");
    }

    /// <inheritdoc/>
    public string? Pending(Secret secret) => files.Pending(secret);

    /// <inheritdoc/>
    public void Prepare(Secret secret, string value) => files.Prepare(secret, value);

    /// <inheritdoc/>
    public async Task SetAsync(Secret secret, string value, CancellationToken cancel)
    {
        // By its input: a command line is everybody's to read.
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(value));
        var answer = await shell.StreamAsync(EngineChoice.Pulumi, ["config", "set", "--secret", Key(secret), "--stack", stack, "--non-interactive"], input, null, cancel);
        if (!answer.Succeeded) throw CliException.Failure($"{Where(secret)}: Pulumi cannot write it: {answer.Reason}");
    }

    /// <inheritdoc/>
    public void Forget(Secret secret) => files.Forget(secret);

    private static string Key(Secret secret) => $"{SettingsSource.Namespace}:{secret.Name}";
}
