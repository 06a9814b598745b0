using System.Collections.Immutable;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.SecretValues;
using Infra.Stacks;

namespace Infra.Operations.Rotation;

/// <summary>The passwords that a rotation which was interrupted has left open: what is kept is made to hold.</summary>
public static class KeptPasswords
{
    /// <summary>Tells the services that run the value that is kept, which those that use them are about to be brought up with.</summary>
    /// <exception cref="CliException">One does not take it.</exception>
    public static async Task TellAsync(Session session, StackContext stack, ImmutableArray<ContainerState> standing, CancellationToken cancellationToken)
    {
        var files = SecretFiles.Of(session.Workspace.Root, stack.Name);
        var open = stack.Topology.Services.Where(service => service.PasswordChange is { } change && files.Pending(change.Secret) is not null).ToArray();
        if (open.Length == 0) return;
        var secrets = new StackSecrets(session.Workspace, session.Shell, stack, session.Error.WriteLine);
        await secrets.RequireAsync(cancellationToken);
        foreach (var service in open)
            foreach (var container in standing.Where(container => container.Service == service.Name && container.IsWell))
                await ToldPassword.ChangeAsync(session.Shell, service.PasswordChange!, service.PasswordChange!.Command, container.Id, secrets.ReadOrCreate(service.PasswordChange.Secret), cancellationToken);
    }
}
