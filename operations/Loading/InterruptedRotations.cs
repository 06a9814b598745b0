using Infra.Model;
using Infra.Operations.Project;
using Infra.Stacks;

namespace Infra.Operations.Loading;

/// <summary>Secrets with an unfinished rotation: it is not known whether the service has the old value or the new one.</summary>
public static class InterruptedRotations
{
    public static IEnumerable<Finding> Find(ReviewedStack stack)
    {
        var files = SecretFiles.For(stack.Workspace.Root, stack.Name);
        return stack
            .Topology.Secrets.Where(secret => files.Pending(secret) is not null)
            .Select(secret => new Finding(
                "SECRETS",
                Severity.Warning,
                $"{Workspace.SecretsOf(stack.Name)}/{secret.Name}",
                "Its rotation was interrupted.",
                $"Run './infra.sh rotate {stack.Name} {secret.Name}', which finishes it, "
                    + $"or './infra.sh up {stack.Name}', which makes the stored value the only one."
            ));
    }
}
