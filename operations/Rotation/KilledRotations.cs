using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.SecretValues;
using Infra.Stacks;

namespace Infra.Operations.Rotation;

/// <summary>Ends rotations that were killed, once everything is well with the values that are kept: no other holds any more.</summary>
public sealed class KilledRotations(Session session, StackContext stack)
{
    private readonly SecretFiles notes = SecretFiles.Of(session.Workspace.Root, stack.Name);

    /// <summary>Whether there are any.</summary>
    public bool AreThere => Pending.Any();

    private IEnumerable<Secret> Pending => stack.Topology.Secrets.Where(secret => notes.Pending(secret) is not null);

    /// <summary>Makes what is kept the only value, and forgets the others.</summary>
    /// <exception cref="CliException">A service does not take it.</exception>
    public async Task EndAsync(ImmutableArray<ContainerState> running, CancellationToken cancellationToken)
    {
        var secrets = new StackSecrets(session.Workspace, session.Shell, stack, session.Error.WriteLine);
        await secrets.RequireAsync(cancellationToken);
        foreach (var secret in Pending.ToArray())
        {
            var value = secrets.ReadOrCreate(secret);
            foreach (var (change, container) in OwnersOf(secret, running))
                foreach (var command in new[] { change.Command, change.Removal }.Where(command => !command.IsEmpty))
                    await ToldPassword.ChangeAsync(session.Shell, change, command, container.Id, value, cancellationToken);
            notes.Forget(secret);
            session.Error.WriteLine($"{secret.Name}: A rotation of it was killed. The value that is kept holds, and no other.");
        }
    }

    private IEnumerable<(PasswordChange Change, ContainerState Container)> OwnersOf(Secret secret, ImmutableArray<ContainerState> running) =>
        from service in stack.Topology.Services
        where service.PasswordChange?.Secret == secret
        from container in running
        where container.Service == service.Name && container.IsWell
        select (service.PasswordChange!, container);
}
