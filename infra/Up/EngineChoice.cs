using Infra.Cli;
using Infra.Model;

namespace Infra.Up;

/// <summary>Chooses what brings a stack up: what was asked for, else what made the objects that stand, else Compose.</summary>
public static class EngineChoice
{
    public const string Compose = "compose";

    public const string Pulumi = "pulumi";

    /// <exception cref="CliException">Pulumi is asked for and not there.</exception>
    public static async Task<string> ChooseAsync(Session session, Naming naming, string asked, CancellationToken cancel)
    {
        var engine = asked;
        if (asked == "auto")
        {
            var standing = session.Shell.Find(Engine.Docker.Program) is null ? [] : await session.Docker.ContainersAsync(naming, cancel);
            engine = standing.Any(container => container.Engine == Pulumi) ? Pulumi : Compose;
        }

        if (engine == Pulumi && session.Shell.Find(Pulumi) is null)
            throw CliException.Bad(asked == Pulumi
                ? "pulumi: There is no 'pulumi' on the PATH. Install the Pulumi CLI, or use --engine compose."
                : $"{naming.Name}: Pulumi brought it up, and there is no 'pulumi' on the PATH to change it with. Install the Pulumi CLI; to change engines, run './infra.sh down {naming.Stack} --engine pulumi' then.");
        return engine;
    }
}
