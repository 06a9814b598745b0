using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Backups;

/// <summary>Restores a backup into throw-away containers that nothing else can reach, and counts what arrived.</summary>
public sealed class DrillCommand(IShell shell, Topology topology, TextWriter output)
{
    private const string Label = "infra.drill";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Docker docker = new(shell);

    /// <exception cref="CliException">A file is damaged, or a table has other rows than were dumped; all of them are named.</exception>
    public async Task RunAsync(BackupFolder backup, string? name, CancellationToken cancel)
    {
        var parts = BackupPart.From(topology, name);
        var written = backup.Manifest.Parts.Where(part => parts.Any(known => known.File == part.File)).ToArray();
        if (written.Length == 0) throw CliException.Bad($"{backup.Title}: It has nothing of {topology.Naming.Name}{(name is null ? "" : $"'s {name}")}.");
        await backup.RequireWholeAsync(written, cancel);
        await RemoveLeftoversAsync(cancel);
        var differences = new List<string>();
        foreach (var part in written) if (Drilled(parts, part) is null) output.WriteLine($"{part.Name}: whole, by its checksum.");
        foreach (var service in written.Select(part => (Written: part, Part: Drilled(parts, part))).Where(pair => pair.Part is not null).GroupBy(pair => pair.Part!.Service.Name))
            differences.AddRange(await DrillAsync(backup, [.. service.Select(pair => (pair.Written, pair.Part!))], cancel));
        if (differences.Count > 0) throw CliException.Failure([.. differences, $"{backup.Title}: The backup does not give back what it was taken of."]);
    }

    private static ServicePart? Drilled(ImmutableArray<BackupPart> parts, ManifestPart written)
        => parts.First(known => known.File == written.File) is ServicePart { Service.Backup.Drill: not null } part ? part : null;

    private async Task<IEnumerable<string>> DrillAsync(BackupFolder backup, ImmutableArray<(ManifestPart Written, ServicePart Part)> files, CancellationToken cancel)
    {
        var main = files[^1].Part;
        var drill = main.Service.Backup!.Drill!;
        var container = await StartAsync(main, drill, cancel);
        try
        {
            await ReadyAsync(main, container, drill, cancel);
            var differences = new List<string>();
            foreach (var (written, part) in files)
            {
                await using var source = PartFile.Open(part, backup.FileOf(written));
                var restored = await shell.StreamAsync(Docker.Program, ["exec", "--interactive", container, .. part.Way.Restore, "prepare"], source, null, cancel);
                if (!restored.Succeeded) return [$"{part.Name}: It cannot be restored: {restored.Reason}"];
                var here = written.Rows is null ? [] : RowCounts.From(restored).Differences(written).ToArray();
                if (here.Length == 0) output.WriteLine($"{part.Name}: restored, {written.Amount}{(written.Rows is null ? "" : " as they were dumped")}.");
                differences.AddRange(here);
            }

            return differences;
        }
        finally
        {
            await docker.RunAsync(["rm", "--force", "--volumes", container], CancellationToken.None);
        }
    }

    private async Task<string> StartAsync(ServicePart part, RestoreDrill drill, CancellationToken cancel)
    {
        var started = await docker.RunAsync(
            [
                "run", "--detach", "--network", "none", "--label", $"{Labels.Stack}={topology.Naming.Name}", "--label", $"{Label}={part.Name}",
                "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
                .. part.Service.User is { } user ? ["--user", user] : Array.Empty<string>(),
                .. part.Service.Memory is { } memory ? ["--memory", memory.ToString()] : Array.Empty<string>(),
                .. drill.Environment.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
                topology.Naming.Reference(part.Service.Image), .. drill.Command,
            ], cancel);
        return started.Succeeded ? started.Output.Trim() : throw CliException.Failure($"{part.Name}: The throw-away container was not started: {started.Reason}");
    }

    private async Task ReadyAsync(ServicePart part, string container, RestoreDrill drill, CancellationToken cancel)
    {
        var end = DateTimeOffset.UtcNow + Patience;
        while (!(await docker.RunAsync(["exec", container, .. drill.Ready], cancel)).Succeeded)
        {
            if (DateTimeOffset.UtcNow > end)
                throw CliException.Failure($"{part.Name}: The throw-away container was not ready within {Patience.TotalSeconds:0} s: {(await docker.RunAsync(["logs", "--tail", "5", container], cancel)).Reason}");
            await Task.Delay(Pause, cancel);
        }
    }

    private async Task RemoveLeftoversAsync(CancellationToken cancel)
    {
        var left = Docker.Lines(await docker.RunAsync(["ps", "--all", "--quiet", "--filter", $"label={Labels.Stack}={topology.Naming.Name}", "--filter", $"label={Label}"], cancel));
        if (left.Length > 0) await docker.RunAsync(["rm", "--force", "--volumes", .. left], cancel);
    }
}
