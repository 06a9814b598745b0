using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Builds;
using Infra.Operations.Loading;
using Infra.Operations.Maintenance;
using Infra.Operations.Project;
using Infra.Operations.Recovery;
using Infra.Operations.Running;
using Infra.Operations.Setup;
using Infra.Operations.StackEngines;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Verbs;

internal static class UpVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("up", "Brings a stack up and waits until every service is healthy.")
        {
            Arguments.Stack, Arguments.Engine, Arguments.Images, Arguments.Maintenance, Arguments.Wait, Arguments.Yes, Arguments.Project,
        };
        verb.SetAction((parsed, cancellationToken) => RunAsync(session, parsed, cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Arguments.Stack);
        await Leftovers.RequireSettingsAsync(session, name, parsed.GetValue(Arguments.Project), cancellationToken);
        var (settings, source) = await StackLoader.ReadAsync(session.Workspace, name, parsed.GetValue(Arguments.Project));
        using var held = await session.LockAsync(parsed, settings.Naming, cancellationToken);
        session.Workspace.RequireWritable(name);
        var existing = await StackContainers.FindAsync(session, settings.Naming, cancellationToken);
        var engine = EngineChoice.Choose(session, settings.Naming, existing, Arguments.EngineOf(parsed));
        var setup = new EngineSetup(session);
        // If it is running there is an engine, and asking for all its versions would take longer than the rest.
        if (existing.IsEmpty) await setup.EnsureAsync(parsed.GetValue(Arguments.Yes), cancellationToken);
        var decision = new ImageDecision(session.Workspace, session.Shell, session.Docker);
        var (images, reason) = await decision.DecideAsync(name, settings, parsed.GetValue(Arguments.Images), cancellationToken);
        var stack = await StackLoader.GatherAsync(session.Workspace, name, settings, source, images);
        session.RequireSound(stack);
        var maintenance = new MaintenanceWindow(session, stack, parsed.GetValue(Arguments.Maintenance));
        maintenance.Require();
        if (reason is not null) session.Error.WriteLine(reason);
        if (images == ImageSource.Debian) await setup.EnsureImageMakerAsync(parsed.GetValue(Arguments.Yes), cancellationToken);
        var recovery = new CrashRecovery(session, stack, engine.SettlesRotations);
        await recovery.BeginAsync(existing, cancellationToken);
        var code = await maintenance.AroundAsync(
            existing, begin => engine.UpAsync(stack, existing, begin, cancellationToken), cancellationToken);
        if (code == 0)
            await recovery.EndAsync(cancellationToken);
        return code;
    }
}
