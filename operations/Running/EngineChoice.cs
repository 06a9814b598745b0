using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Running;

/// <summary>Chooses what brings a stack up: what was asked for, else what made the objects that stand, else Compose.</summary>
public static class EngineChoice
{
    public const string Compose = "compose";

    public const string Pulumi = "pulumi";

    /// <exception cref="UserErrorException">Pulumi is asked for and not there, or not with this project's name.</exception>
    public static async Task<string> ChooseAsync(Session session, Naming naming, string asked, CancellationToken cancellationToken)
        => Choose(session, naming, asked == "auto" ? await ExistingAsync(session, naming, cancellationToken) : [], asked);

    /// <exception cref="UserErrorException">Pulumi is asked for and not there, or not with this project's name.</exception>
    public static string Choose(Session session, Naming naming, ImmutableArray<ContainerState> existing, string asked)
    {
        var engine = asked != "auto" ? asked : existing.Any(container => container.Engine == Pulumi) ? Pulumi : Compose;
        if (engine == Pulumi && session.Shell.Find(Pulumi) is null)
            throw UserErrorException.BadInput(
                asked == Pulumi
                    ? "pulumi: There is no 'pulumi' on the PATH. Install the Pulumi CLI, or use --engine compose."
                    : $"{naming.Name}: Pulumi brought it up, and there is no 'pulumi' on the PATH to change it with. Install the Pulumi CLI; to change engines, run './infra.sh down {naming.Stack} --engine pulumi' then."
            );
        if (engine == Pulumi && naming.Project != SettingsFile.ProjectName(session.Workspace.Project))
            throw UserErrorException.BadInput(
                "--project: Pulumi takes the project's name from Pulumi.yaml. Change it there, or use --engine compose."
            );
        return engine;
    }

    /// <summary>The stack's containers; none where no engine answers: whoever needs one asks for it, and may install it first.</summary>
    public static async Task<ImmutableArray<ContainerState>> ExistingAsync(Session session, Naming naming, CancellationToken cancellationToken)
    {
        if (session.Shell.Find(Docker.Program) is null) return [];
        try
        {
            return await session.Docker.ContainersAsync(naming, cancellationToken);
        }
        catch (UserErrorException)
        {
            // One that answers has not said that there are none.
            if ((await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Server is not null) throw;
            return [];
        }
    }
}
