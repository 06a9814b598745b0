using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.SecretValues;
using Infra.Stacks;

namespace Infra.Operations.Rotation;

/// <summary>Settles killed rotations: the stored value is set in the service, and once everything is healthy with it no other is accepted.</summary>
public sealed class KilledRotations(Session session, StackContext stack)
{
    private readonly SecretFiles notes = SecretFiles.For(session.Workspace.Root, stack.Name);

    /// <summary>Whether there are any.</summary>
    public bool AreThere => Pending.Any();

    private IEnumerable<Secret> Pending => stack.Topology.Secrets.Where(secret => notes.Pending(secret) is not null);

    /// <summary>Tells the services that run the value that is kept, which those that use them are about to be brought up with.</summary>
    /// <exception cref="UserErrorException">One does not take it.</exception>
    public async Task ReportAsync(ImmutableArray<ContainerState> running, CancellationToken cancellationToken)
    {
        // A secret that no service keeps in its data is read again by every service that is brought up.
        var changed = Pending.Where(secret => stack.Topology.Services.Any(service => service.PasswordChange?.Secret == secret)).ToArray();
        if (changed.Length == 0) return;
        var secrets = await SecretsAsync(cancellationToken);
        foreach (var secret in changed)
            await ChangeAsync(secret, secrets.ReadOrCreate(secret), change => [change.Command], running, cancellationToken);
    }

    /// <summary>Makes what is kept the only value, and forgets the others.</summary>
    /// <exception cref="UserErrorException">A service does not take it.</exception>
    public async Task EndAsync(ImmutableArray<ContainerState> running, CancellationToken cancellationToken)
    {
        var secrets = await SecretsAsync(cancellationToken);
        foreach (var secret in Pending.ToArray())
        {
            await ChangeAsync(secret, secrets.ReadOrCreate(secret), change => [change.Command, change.Removal], running, cancellationToken);
            notes.Forget(secret);
            session.Error.WriteLine($"{secret.Name}: A rotation of it was killed. The stored value is the only one again.");
        }
    }

    private async Task<StackSecrets> SecretsAsync(CancellationToken cancellationToken)
    {
        var secrets = new StackSecrets(session.Workspace, session.Shell, stack, session.Error.WriteLine);
        await secrets.RequireAsync(cancellationToken);
        return secrets;
    }

    private async Task ChangeAsync(
        Secret secret, SecretValue value, Func<PasswordChange, ImmutableArray<ImmutableArray<string>>> commands,
        ImmutableArray<ContainerState> running, CancellationToken cancellationToken)
    {
        foreach (var (change, container) in OwnersOf(secret, running))
            foreach (var command in commands(change).Where(command => !command.IsEmpty))
                await RunningPasswordChange.ChangeAsync(session.Shell, change, command, container.Id, value, cancellationToken);
    }

    private IEnumerable<(PasswordChange Change, ContainerState Container)> OwnersOf(Secret secret, ImmutableArray<ContainerState> running) =>
        from service in stack.Topology.Services
        where service.PasswordChange?.Secret == secret
        from container in running
        where container.Service == service.Name && container.IsWell
        select (service.PasswordChange!, container);
}
