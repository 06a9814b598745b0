using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Rotation;

/// <summary>Tells a service that runs its password.</summary>
public static class RunningPasswordChange
{
    /// <summary>Runs one of a change's commands, with the value as its input.</summary>
    /// <exception cref="UserErrorException">It failed; the message has no value in it.</exception>
    public static async Task ChangeAsync(
        IShell shell, PasswordChange change, ImmutableArray<string> command, string container, SecretValue value, CancellationToken cancellationToken)
    {
        using var input = new MemoryStream(value.Bytes.ToArray());
        var result = await shell.StreamAsync(Docker.Program, ["exec", "--interactive", container, .. command], input, null, cancellationToken);
        if (!result.Succeeded)
            throw UserErrorException.Failed($"{change.Secret.Name}: The password was not set in the service: {Hidden(result.Reason, value)}");
    }

    private static string Hidden(string reason, SecretValue value) =>
        value.Text is { Length: > 0 } text ? reason.Replace(text, "…", StringComparison.Ordinal) : reason;
}
