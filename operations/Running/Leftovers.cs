using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Running;

/// <summary>What is on the engine of a stack whose settings are gone.</summary>
public static class Leftovers
{
    /// <summary>Whether the engine has containers, networks or volumes of the stack; no where no engine answers.</summary>
    public static async Task<bool> AreThereAsync(Session session, Naming naming, CancellationToken cancellationToken)
        => (await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Server is not null
           && (!(await StackContainers.FindAsync(session, naming, cancellationToken)).IsEmpty
               || !(await session.Docker.LabelledAsync("network", naming, Labels.Stack, cancellationToken)).IsEmpty
               || !(await session.Docker.LabelledAsync("volume", naming, Labels.Stack, cancellationToken)).IsEmpty);

    /// <exception cref="UserErrorException">The stack's settings are gone, and something of it is on the engine.</exception>
    public static async Task RequireSettingsAsync(Session session, string stack, string? project, CancellationToken cancellationToken)
    {
        if (File.Exists(session.Workspace.Settings(stack))) return;
        var naming = new Naming(project ?? SettingsFile.ProjectName(session.Workspace.Project), stack);
        if (await AreThereAsync(session, naming, cancellationToken))
            throw UserErrorException.BadInput(
                $"{Workspace.SettingsName(stack)}: The file is gone, and the engine has objects of {naming.Name}. Put the file back, "
                    + $"or take them down with './infra.sh down {stack}': volumes, and so the data, stay."
            );
    }
}
