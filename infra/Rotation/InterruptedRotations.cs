using System.Collections.Immutable;
using Infra.Cli;
using Infra.Engine;
using Infra.Model;
using Infra.Stacks;
using Infra.Up;

namespace Infra.Rotation;

/// <summary>Secrets whose rotation has begun and not ended: whether its service knows the old value or the new one, nobody knows.</summary>
public static class InterruptedRotations
{
    public static IEnumerable<Finding> Of(Workspace workspace, string stack, Topology topology)
    {
        var files = SecretFiles.Of(workspace.Root, stack);
        return topology.Secrets.Where(secret => files.Pending(secret) is not null).Select(secret => new Finding(
            "SECRETS", Severity.Warning, $"{Workspace.SecretsOf(stack)}/{secret.Name}", "Its rotation was interrupted.",
            $"Run './infra.sh rotate {stack} {secret.Name}', which finishes it, or './infra.sh up {stack}', which makes the value that is kept hold."));
    }

    /// <summary>Tells the services that run the value that is kept, which those that use them are about to be brought up with.</summary>
    /// <exception cref="CliException">One does not take it.</exception>
    public static async Task SettleAsync(Session session, StackContext stack, ImmutableArray<ContainerState> standing, CancellationToken cancellationToken)
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
