using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Model;
using Infra.Operations.Adoption;
using Infra.Operations.Backups;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Releases;
using Infra.Operations.Running;
using Infra.Operations.StackEngines;

namespace Infra.Cli.Verbs;

internal static class DownVerb
{
    public static Command Make(Session session)
    {
        var volumes = new Option<bool>("--volumes") { Description = "Remove the volumes as well, and with them the data." };
        var verb = new Command("down", "Stops and removes a stack; its volumes stay unless asked otherwise.")
        {
            Arguments.Stack, volumes, Arguments.Engine, Arguments.Wait, Arguments.Yes, Arguments.Project,
        };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var naming = await session.NamingAsync(parsed, cancellationToken);
                var stack = parsed.GetRequiredValue(Arguments.Stack);
                if (parsed.GetValue(volumes) && !parsed.GetValue(Arguments.Yes))
                    Confirm(session, naming);
                using var held = await session.LockAsync(parsed, naming, cancellationToken);
                var existing = await StackContainers.FindAsync(session, naming, cancellationToken);
                var engine = EngineChoice.Choose(session, naming, existing, Arguments.EngineOf(parsed));
                var note = StoppedNote.OfDown(session.Workspace, stack);
                foreach (var container in existing.Where(container => container.IsUp))
                    note.TryAdd(container);
                var code = await engine.DownAsync(stack, naming, parsed.GetValue(volumes), cancellationToken);
                foreach (var past in new[] { note, new StoppedNote(session.Workspace, stack) })
                    past.Keep([]);
                if (!parsed.GetValue(volumes))
                    return code;
                new RestoreNote(session.Workspace, stack).End();
                foreach (var kept in await KeptVolumes.FindAsync(session, stack, cancellationToken))
                    session.Out.WriteLine($"{kept}: kept. It was taken over (infra:volumes); 'docker volume rm {kept}' removes it.");
                if (code == 0 && await new ReleaseStore(session.Shell, naming).ForgetAsync(cancellationToken) is var forgotten and > 0)
                    session.Out.WriteLine($"{naming.Name}: {Counted.Of(forgotten, "release")} forgotten.");
                return code;
            }
        );
        return verb;
    }

    private static void Confirm(Session session, Naming naming)
    {
        if (!Terminal.IsThere)
            throw UserErrorException.BadInput("down: --volumes removes data, and there is no terminal to ask on. Confirm it with --yes.");
        if (!Terminal.Ask(session.Out, $"This removes every volume of {naming.Name}, and the data in them. Continue?"))
            throw UserErrorException.Failed("Nothing was removed.");
    }
}
