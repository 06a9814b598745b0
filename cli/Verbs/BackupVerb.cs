using System.Collections.Immutable;
using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Model;
using Infra.Operations.Backups;
using Infra.Operations.Engine;
using Infra.Operations.Project;

namespace Infra.Cli.Verbs;

internal static class BackupVerb
{
    private const string Summary =
        "Backs up a running stack into backups/STACK/TIMESTAMP: a dump of its database, the definitions of its broker, "
        + "a snapshot of its cache, its application's volumes.";

    private const string Help = $"""
        {Summary}

          ./infra.sh backup prod                    everything, the 7 newest are kept
          ./infra.sh backup prod postgres           the database alone
          ./infra.sh backup prod --verify           restores the newest into a temporary database and counts its rows
          ./infra.sh backup prod --verify --from service:20261124T030000Z    the same with another one
          ./infra.sh backup prod --list             lists the backups, the backup service's own included
          ./infra.sh backup prod --unit | sudo tee /etc/systemd/system/infra-backup-prod.service
          ./infra.sh backup prod --timer | sudo tee /etc/systemd/system/infra-backup-prod.timer
        """;

    public static Command Make(Session session)
    {
        var part = new Argument<string?>("service")
        {
            Description = "Only this service, or this volume of the application.",
            HelpName = "service (optional)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var verify = new Option<bool>("--verify")
        {
            Description = "Take no backup: restore the newest into a temporary database, and compare its rows with those that were dumped.",
        };
        var list = new Option<bool>("--list") { Description = "Take no backup: list the existing ones." };
        var keep = Arguments.Count("--keep", "How many complete backups to keep.", 7);
        var to = new Option<string?>("--to")
        {
            Description = "The folder of the backups, instead of backups/STACK; each stack has a folder of its own in it.",
        };
        var from = new Option<string>("--from")
        {
            Description = "With --verify: the backup, as 'restore' takes it.",
            DefaultValueFactory = _ => BackupStore.Newest,
        };
        var unit = new Option<bool>("--unit")
        {
            Description = "Print a systemd unit that takes a backup with the other options given, and do nothing else.",
        };
        var timer = new Option<bool>("--timer")
        {
            Description = "Print the systemd timer that starts that unit each day at `infra:backup.at`, and do nothing else.",
        };
        var verb = new Command("backup", Help)
        {
            Arguments.Stack,
            part,
            verify,
            from,
            list,
            keep,
            to,
            unit,
            timer,
            Arguments.Wait,
            Arguments.Project,
        };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var stack = await session.LoadAsync(parsed);
                var name = parsed.GetValue(part);
                var scheduled = new ScheduledBackups(session.Shell, stack.Topology);
                using var store = new BackupStore(session.Workspace, stack.Topology, scheduled, parsed.GetValue(to), () => DateTimeOffset.UtcNow);
                if (parsed.GetValue(list))
                    return await ListAsync(session, store, scheduled, cancellationToken);
                var parts = BackupPart.From(stack.Topology, name);
                if (parsed.GetValue(timer))
                    return UnitPrinter.Print(session, stack, units => units.BackupTimer(stack.Settings.Backup.At));
                var arguments = UnitPrinter.OptionsOf(
                    parsed,
                    (keep.Name, Arguments.Given(parsed, keep)),
                    (to.Name, parsed.GetValue(to) is { } other ? session.Workspace.Absolute(other) : null)
                );
                if (parsed.GetValue(unit))
                    return UnitPrinter.Print(session, stack, units => units.Backup(name is null ? arguments : arguments.Prepend(name)));
                (await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Require();
                if (parsed.GetValue(verify))
                {
                    string Command(string other) =>
                        $"./infra.sh backup {string.Join(' ', arguments.Prepend(name).Prepend(stack.Name).OfType<string>())} --verify --from {other}";
                    var chosen = await store.FindAsync(parsed.GetRequiredValue(from), name, Command, cancellationToken);
                    session.Out.WriteLine($"{chosen.ShortTitle} of {chosen.Manifest.Stack}:");
                    await new DrillCommand(session.Shell, stack.Topology, session.Out).RunAsync(chosen, name, cancellationToken);
                    return 0;
                }

                using var held = await session.LockAsync(parsed, stack.Naming, cancellationToken);
                var note = new StoppedNote(session.Workspace, stack.Name);
                var containers = await session.Docker.ContainersAsync(stack.Naming, cancellationToken);
                await new InterruptedRestore(
                    session.Shell,
                    stack.Topology,
                    new RestoreNote(session.Workspace, stack.Name),
                    note.Swaps,
                    session.Out
                ).ClearAsync(containers, cancellationToken);
                await new Dependents(session.Shell, stack.Topology, note, session.Out).ResumeAsync(containers, cancellationToken);
                var command = new BackupCommand(session.Shell, note, session.Out, () => DateTimeOffset.UtcNow);
                var backup = await command.RunAsync(stack.Topology, parts, store.Folder, cancellationToken);
                session.Out.WriteLine(backup.Path);
                // One of a single service must not push out one of everything.
                if (name is null)
                    command.Rotate(stack.Topology, store.Folder, parsed.GetValue(keep));
                return 0;
            }
        );
        return verb;
    }

    private static async Task<int> ListAsync(Session session, BackupStore store, ScheduledBackups scheduled, CancellationToken cancellationToken)
    {
        var here = store.Here.Select(backup => (backup.Manifest.Name, backup.Manifest));
        var there = (await OwnAsync(session, scheduled, cancellationToken)).Select(manifest =>
            (Name: ScheduledBackups.Prefix + manifest.Name, Manifest: manifest)
        );
        foreach (var (name, manifest) in here.Concat(there).OrderByDescending(backup => backup.Manifest.Taken))
            session.Out.WriteLine(
                $"{name}  {Counted.Of(manifest.Parts.Sum(part => part.Bytes), "byte")}  {string.Join(", ", manifest.Parts.Select(Named))}"
            );
        return 0;
    }

    private static string Named(ManifestPart part) => part.RowCount is { } rows ? $"{part.Name} ({Counted.Of(rows, "row")})" : part.Name;

    private static async Task<ImmutableArray<Manifest>> OwnAsync(Session session, ScheduledBackups scheduled, CancellationToken cancellationToken)
    {
        if (!scheduled.AreThere) return [];
        var info = await EngineInfo.ProbeAsync(session.Shell, cancellationToken);
        if (info.Server is not null) return await scheduled.ListAsync(cancellationToken);
        foreach (var problem in info.Problems()) session.Error.WriteLine(problem);
        session.Error.WriteLine(
            "backup: The backup service's own backups could not be listed, and are missing below. Fix that, and list them again."
        );
        return [];
    }
}
