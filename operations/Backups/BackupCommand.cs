using System.Collections.Immutable;
using System.IO.Compression;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Backups;

/// <summary>Takes a backup of a running stack into a folder of its own, which gets its name when it is complete.</summary>
public sealed class BackupCommand(IShell shell, StoppedNote note, TextWriter output, Func<DateTimeOffset> now)
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Docker docker = new(shell);

    /// <exception cref="UserErrorException">Some part cannot be dumped; nothing that looks like a backup is left.</exception>
    public async Task<BackupFolder> RunAsync(Topology topology, ImmutableArray<BackupPart> parts, string folder, CancellationToken cancellationToken)
    {
        var containers = await RequireRunningAsync(topology, parts, cancellationToken);
        var taken = now();
        var path = Path.Combine(folder, Manifest.NameAt(taken));
        if (Path.Exists(path)) throw UserErrorException.Failed($"{path}: There is a backup of this very second. Run it again.");
        OwnFolder.Make(folder);
        foreach (var swept in Draft.Sweep(folder)) output.WriteLine(swept);
        var draft = Draft.From(path);
        OwnFolder.Make(draft);
        try
        {
            var written = new List<ManifestPart>();
            foreach (var part in parts) written.Add(await DumpAsync(part, containers[part.Service.Name], topology, draft, cancellationToken));
            var isWhole = BackupPart.From(topology).All(part => written.Exists(other => other.File == part.File));
            var manifest = new Manifest(topology.Naming.Name, taken, [.. written]) { Whole = isWhole };
            await File.WriteAllTextAsync(Path.Combine(draft, Manifest.FileName), manifest.ToString(), cancellationToken);
            Directory.Move(draft, path);
            return new BackupFolder(path, manifest);
        }
        catch (IOException full)
        {
            throw UserErrorException.Failed($"{path}: The backup cannot be written: {full.Message} Nothing of it was kept.");
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }

    /// <summary>
    /// Removes all but the newest of this stack's complete backups.
    /// One of a single service, or of another stack, is not counted among them.
    /// </summary>
    public void Rotate(Topology topology, string folder, int keep)
    {
        foreach (var old in BackupFolder.All(folder, now()).Where(backup => backup.Manifest.IsCompleteFor(topology)).Skip(keep))
        {
            Directory.Delete(old.Path, recursive: true);
            output.WriteLine($"{old.Manifest.Name}: removed, {keep} newer ones are kept.");
        }
    }

    private async Task<Dictionary<string, ContainerState>> RequireRunningAsync(
        Topology topology,
        ImmutableArray<BackupPart> parts,
        CancellationToken cancellationToken
    )
    {
        var running = (await docker.ContainersAsync(topology.Naming, cancellationToken))
            .Where(container => container.IsRunning && container.Service.Length > 0)
            .GroupBy(container => container.Service)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var missing = parts.Where(part => !part.IsCompanion && !running.ContainsKey(part.Service.Name)).ToArray();
        return missing.Length == 0
            ? running
            : throw UserErrorException.BadInput(
                missing.Select(part =>
                    $"{part.Name}: The service '{part.Service.Name}' is not running, so its data cannot be dumped. "
                    + $"Bring it up with './infra.sh up {topology.Naming.Stack}'."
                )
            );
    }

    private async Task<ManifestPart> DumpAsync(
        BackupPart part,
        ContainerState container,
        Topology topology,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var path = Path.Combine(folder, part.File);
        ShellResult result;
        await using (var file = File.Create(path))
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, OwnersFile);
            await using Stream sink = part.IsZipped ? new GZipStream(file, CompressionLevel.Optimal) : file;
            result = part switch
            {
                VolumePart { IsStore: true } store => await FrozenAsync(
                    container,
                    () => new VolumeCopy(shell, topology).RunAsync(store, container, sink, cancellationToken),
                    cancellationToken
                ),
                VolumePart volume => await new VolumeCopy(shell, topology).RunAsync(volume, container, sink, cancellationToken),
                _ => await shell.StreamAsync(Docker.Program, ["exec", container.Id, .. ((ServicePart)part).Way.Dump], null, sink, cancellationToken),
            };
        }

        if (!result.Succeeded) throw UserErrorException.Failed($"{part.Name}: It was not dumped: {result.Reason} No backup was made.");
        await RequireReadableAsync(part, container, path, cancellationToken);
        var rows = RowCounts.From(result).Rows;
        var written = new ManifestPart(
            part.Name,
            part.File,
            topology.Naming.Reference(part.Service.Image),
            new FileInfo(path).Length,
            await BackupFolder.DigestAsync(path, cancellationToken),
            rows.IsEmpty ? null : rows
        );
        output.WriteLine($"{part.Name}: {Counted.Of(written.Bytes, "byte")}{Rows(written)}{LeftOut(part)}");
        return written;
    }

    // Read to its end before an older one is removed for it: that it was written is not that it can be read.
    private async Task RequireReadableAsync(BackupPart part, ContainerState container, string path, CancellationToken cancellationToken)
    {
        if (part is VolumePart) await PartFile.RequireArchiveAsync(part, path, path, cancellationToken);
        if (part is not ServicePart { Way.Check: { Length: > 0 } check }) return;
        await using var dumped = PartFile.Open(part, path);
        var read = await shell.StreamAsync(Docker.Program, ["exec", "--interactive", container.Id, .. check], dumped, null, cancellationToken);
        if (!read.Succeeded) throw UserErrorException.Failed($"{part.Name}: What was dumped cannot be read: {read.Reason} No backup was made.");
    }

    private static string Rows(ManifestPart part) => part.Rows is { } rows
        ? $", {Counted.Of(rows.Values.Sum(), "row")} in {Counted.Of(rows.Count, "table")}"
        : "";

    private static string LeftOut(BackupPart part) => part is ServicePart { Way.LeavesOut: { } what } ? $"; without {what}" : "";

    // Its files then belong together as after a loss of power, from which a store comes back.
    private async Task<ShellResult> FrozenAsync(ContainerState container, Func<Task<ShellResult>> copy, CancellationToken cancellationToken)
    {
        ShellResult copied, thawed;
        note.AddFrozen(container);
        try
        {
            var frozen = await docker.RunAsync(["pause", container.Id], cancellationToken);
            copied = frozen.Succeeded ? await copy() : frozen;
        }
        finally
        {
            // Also where the pause was interrupted: its client is gone then, and the engine may have done it.
            thawed = await docker.RunAsync(["unpause", container.Id], CancellationToken.None);
            if (thawed.Succeeded) note.Remove(container.Id);
        }

        return copied.Succeeded ? thawed : copied;
    }
}
