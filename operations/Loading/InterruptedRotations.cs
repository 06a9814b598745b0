using Infra.Model;
using Infra.Operations.Project;
using Infra.Stacks;

namespace Infra.Operations.Loading;

/// <summary>Secrets whose rotation has begun and not ended: whether its service knows the old value or the new one, nobody knows.</summary>
public static class InterruptedRotations
{
    public static IEnumerable<Finding> Find(Workspace workspace, string stack, Topology topology)
    {
        var files = SecretFiles.For(workspace.Root, stack);
        return topology
            .Secrets.Where(secret => files.Pending(secret) is not null)
            .Select(secret => new Finding(
                "SECRETS",
                Severity.Warning,
                $"{Workspace.SecretsOf(stack)}/{secret.Name}",
                "Its rotation was interrupted.",
                $"Run './infra.sh rotate {stack} {secret.Name}', which finishes it, "
                    + $"or './infra.sh up {stack}', which makes the value that is kept hold."
            ));
    }
}
