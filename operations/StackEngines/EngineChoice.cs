using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;

namespace Infra.Operations.StackEngines;

/// <summary>Chooses what brings a stack up: what was asked for, else what made the containers that are there, else Compose.</summary>
public static class EngineChoice
{
    /// <param name="session">What the engine works with.</param>
    /// <param name="naming">The stack's names.</param>
    /// <param name="existing">The stack's containers.</param>
    /// <param name="asked">The engine that was asked for, if any.</param>
    /// <exception cref="UserErrorException">It is Pulumi, which is not there, or has another name for the project.</exception>
    public static IStackEngine Choose(Session session, Naming naming, ImmutableArray<ContainerState> existing, EngineKind? asked)
    {
        var kind = asked ?? (existing.Any(container => container.Engine == EngineKind.Pulumi) ? EngineKind.Pulumi : EngineKind.Compose);
        if (kind == EngineKind.Compose) return new ComposeStackEngine(session);
        if (session.Shell.Find(PulumiCli.Program) is null)
            throw UserErrorException.BadInput(
                asked is not null
                    ? "pulumi: There is no 'pulumi' on the PATH. Install the Pulumi CLI, or use --engine compose."
                    : $"{naming.Name}: It was deployed with Pulumi, and there is no 'pulumi' on the PATH to change it with. "
                        + $"Install the Pulumi CLI; to change engines, run './infra.sh down {naming.Stack} --engine pulumi' then."
            );
        if (naming.Project != SettingsFile.ProjectName(session.Workspace.Project))
            throw UserErrorException.BadInput(
                "--project: Pulumi takes the project's name from Pulumi.yaml. Change it there, or use --engine compose."
            );
        return new PulumiStackEngine(session);
    }
}
