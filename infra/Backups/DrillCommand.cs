using System.Collections.Immutable;
using System.IO.Compression;
using Infra.Cli;
using Infra.Engine;
using Infra.Model;

namespace Infra.Backups;

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
        if (written.Length == 0) throw CliException.Bad($"{backup.Path}: It has nothing of {topology.Naming.Name}{(name is null ? "" : $"'s {name}")}.");
        await backup.RequireWholeAsync(written, cancel);
        await RemoveLeftoversAsync(cancel);
        var differences = new List<string>();
        foreach (var part in written)
        {
            if (parts.First(known => known.File == part.File) is ServicePart { Way.Drill: { } drill } service) differences.AddRange(await DrillAsync(backup, part, service, drill, cancel));
            else output.WriteLine($"{part.Name}: whole, by its checksum.");
        }

        if (differences.Count > 0) throw CliException.Failure([.. differences, $"{backup.Path}: The backup does not give back what it was taken of."]);
    }

    private async Task<IEnumerable<string>> DrillAsync(BackupFolder backup, ManifestPart written, ServicePart part, RestoreDrill drill, CancellationToken cancel)
    {
        var container = await StartAsync(part, drill, cancel);
        try
        {
            await ReadyAsync(part, container, drill, cancel);
            await using (var file = File.OpenRead(backup.FileOf(written)))
            {
                await using Stream source = part.IsZipped ? new GZipStream(file, CompressionMode.Decompress) : file;
                var restored = await shell.StreamAsync(Docker.Program, ["exec", "--interactive", container, .. part.Way.Restore], source, null, cancel);
                if (!restored.Succeeded) return [$"{part.Name}: It cannot be restored: {restored.Reason}"];
            }

            var counted = await docker.RunAsync(["exec", container, .. drill.Count], cancel);
            if (!counted.Succeeded) return [$"{part.Name}: Its rows cannot be counted: {counted.Reason}"];
            var differences = Compare(part.Name, written.Rows, BackupCommand.Rows(counted)).ToArray();
            if (differences.Length == 0) output.WriteLine(FormattableString.Invariant($"{part.Name}: restored, {written.Rows?.Values.Sum() ?? 0} rows in {written.Rows?.Count ?? 0} tables as they were dumped."));
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

    private static IEnumerable<string> Compare(string name, ImmutableSortedDictionary<string, long>? dumped, ImmutableSortedDictionary<string, long>? restored)
    {
        var (before, after) = (dumped ?? ImmutableSortedDictionary<string, long>.Empty, restored ?? ImmutableSortedDictionary<string, long>.Empty);
        foreach (var table in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            if (!after.TryGetValue(table, out var there)) yield return FormattableString.Invariant($"{name}: The table {table} is missing; {before[table]} rows were dumped.");
            else if (!before.TryGetValue(table, out var expected)) yield return FormattableString.Invariant($"{name}: The table {table} was not there when it was dumped.");
            else if (there != expected) yield return FormattableString.Invariant($"{name}: The table {table} has {there} rows; {expected} were dumped.");
        }
    }

    private async Task RemoveLeftoversAsync(CancellationToken cancel)
    {
        var left = Docker.Lines(await docker.RunAsync(["ps", "--all", "--quiet", "--filter", $"label={Labels.Stack}={topology.Naming.Name}", "--filter", $"label={Label}"], cancel));
        if (left.Length > 0) await docker.RunAsync(["rm", "--force", "--volumes", .. left], cancel);
    }
}
