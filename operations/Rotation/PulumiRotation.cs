using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;

namespace Infra.Operations.Rotation;

/// <summary>Brings a stack up through Pulumi while one of its secrets is being rotated.</summary>
public sealed class PulumiRotation : IRotationUps
{
    /// <summary>The environment variable that names the secret whose second users Pulumi's program is to use.</summary>
    public const string Variable = "INFRA_ROTATING";

    private readonly Session session;
    private readonly StackContext stack;
    private readonly Secret secret;
    private readonly ISecretStore store;
    private readonly bool hasSecond;

    private PulumiRotation(Session session, StackContext stack, Secret secret, ISecretStore store, bool hasSecond)
        => (this.session, this.stack, this.secret, this.store, this.hasSecond) = (session, stack, secret, store, hasSecond);

    /// <inheritdoc/>
    public Func<SecretValue, CancellationToken, Task>? AsSecond => hasSecond ? AsSecondAsync : null;

    /// <summary>Looks how it can be brought up.</summary>
    // Pulumi replaces in place what only its secrets have changed of, and what logs in as another user by a new one beside the old one.
    public static async Task<IRotationUps> MakeAsync(Session session, StackContext stack, Secret secret, ISecretStore store)
        => new PulumiRotation(session, stack, secret, store, await SecondUsers.StackAsync(session, stack, secret, always: true) is not null);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await PulumiCli.UpAsync(session, stack, _ => Task.CompletedTask, cancellationToken) != 0)
            throw UserErrorException.Failed("pulumi: The update failed; the reason is above.");
    }

    // Its program takes the value from where it is kept.
    private async Task AsSecondAsync(SecretValue value, CancellationToken cancellationToken)
    {
        await store.SetAsync(secret, value, cancellationToken);
        session.Shell.Variables[Variable] = secret.Name;
        try
        {
            await RunAsync(cancellationToken);
        }
        finally
        {
            session.Shell.Variables.Remove(Variable);
        }
    }
}
