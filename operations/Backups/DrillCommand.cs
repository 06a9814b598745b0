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

    /// <exception cref="UserErrorException">A file is damaged, or a table has other rows than were dumped; all of them are named.</exception>
    public async Task RunAsync(BackupFolder backup, string? name, CancellationToken cancellationToken)
    {
        var parts = BackupPart.From(topology, name);
        var written = backup.Manifest.Parts.Where(part => parts.Any(known => known.File == part.File)).ToArray();
        if (written.Length == 0)
            throw UserErrorException.BadInput($"{backup.Title}: It contains nothing of {topology.Naming.Name}{(name is null ? "" : $"'s {name}")}.");
        await backup.RequireWholeAsync(written, cancellationToken);
        await RemoveLeftoversAsync(cancellationToken);
        var differences = new List<string>();
        foreach (var part in written)
            if (Drilled(parts, part) is null)
                output.WriteLine($"{part.Name}: complete; its checksum matches.");
        foreach (
            var service in written
                .Select(part => (Written: part, Part: Drilled(parts, part)))
                .Where(pair => pair.Part is not null)
                .GroupBy(pair => pair.Part!.Service.Name)
        )
            differences.AddRange(await DrillAsync(backup, [.. service.Select(pair => (pair.Written, pair.Part!))], cancellationToken));
        if (differences.Count > 0)
            throw UserErrorException.Failed([.. differences, $"{backup.Title}: Restoring the backup does not give the data that was dumped."]);
    }

    private static ServicePart? Drilled(ImmutableArray<BackupPart> parts, ManifestPart written)
        => parts.First(known => known.File == written.File) is ServicePart { Service.Backup.Drill: not null } part ? part : null;

    private async Task<IEnumerable<string>> DrillAsync(
        BackupFolder backup,
        ImmutableArray<(ManifestPart Written, ServicePart Part)> files,
        CancellationToken cancellationToken
    )
    {
        var main = files[^1].Part;
        var drill = main.Service.Backup!.Drill!;
        var container = await StartAsync(main, drill, cancellationToken);
        try
        {
            await ReadyAsync(main, container, drill, cancellationToken);
            var differences = new List<string>();
            foreach (var (written, part) in files)
            {
                await using var source = PartFile.Open(part, backup.FileOf(written));
                var restored = await shell.StreamAsync(
                    Docker.Program,
                    ["exec", "--interactive", container, .. part.Way.Restore, "prepare"],
                    source,
                    null,
                    cancellationToken
                );
                if (!restored.Succeeded)
                    return [$"{part.Name}: It cannot be restored: {restored.Reason}"];
                var here = written.Rows is null ? [] : RowCounts.From(restored).Differences(written).ToArray();
                if (here.Length == 0)
                    output.WriteLine($"{part.Name}: restored, {written.Amount}{(written.Rows is null ? "" : " as they were dumped")}.");
                differences.AddRange(here);
            }

            return differences;
        }
        finally
        {
            await docker.RunAsync(["rm", "--force", "--volumes", container], CancellationToken.None);
        }
    }

    private async Task<string> StartAsync(ServicePart part, RestoreDrill drill, CancellationToken cancellationToken)
    {
        var started = await docker.RunAsync(
            [
                "run", "--detach", "--network", "none", "--label", $"{Labels.Stack}={topology.Naming.Name}", "--label", $"{Label}={part.Name}",
                "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
                .. part.Service.User is { } user ? ["--user", user] : Array.Empty<string>(),
                .. part.Service.Memory is { } memory ? ["--memory", memory.ToString()] : Array.Empty<string>(),
                .. drill.Environment.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
                topology.Naming.Reference(part.Service.Image),
                .. drill.Command,
            ],
            cancellationToken
        );
        return started.Succeeded
            ? started.Output.Trim()
            : throw UserErrorException.Failed($"{part.Name}: The temporary container was not started: {started.Reason}");
    }

    private async Task ReadyAsync(ServicePart part, string container, RestoreDrill drill, CancellationToken cancellationToken)
    {
        var end = DateTimeOffset.UtcNow + Patience;
        while (!(await docker.RunAsync(["exec", container, .. drill.Ready], cancellationToken)).Succeeded)
        {
            if (DateTimeOffset.UtcNow > end)
                throw UserErrorException.Failed(
                    $"{part.Name}: The temporary container was not ready within {Patience.TotalSeconds:0} s: "
                        + $"{(await docker.RunAsync(["logs", "--tail", "5", container], cancellationToken)).Reason}"
                );
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        var left = Docker.Lines(
            await docker.RunAsync(
                ["ps", "--all", "--quiet", "--filter", $"label={Labels.Stack}={topology.Naming.Name}", "--filter", $"label={Label}"],
                cancellationToken
            )
        );
        if (left.Length > 0)
            await docker.RunAsync(["rm", "--force", "--volumes", .. left], cancellationToken);
    }
}
