using System.Collections.Immutable;
using System.Formats.Tar;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Backups;

/// <summary>The backups that the stack's own service has taken: they lie on its volume.</summary>
public sealed class ScheduledBackups(IShell shell, Topology topology)
{
    /// <summary>The prefix of the name of one.</summary>
    public const string Prefix = "service:";

    private readonly Docker docker = new(shell);

    private readonly ServiceSpec? service = topology.Services.FirstOrDefault(service => service.Kind == Components.Backup.Kind);

    /// <summary>Whether the stack has such a service.</summary>
    public bool AreThere => service is not null;

    /// <summary>Their manifests, newest first; none where the service does not run.</summary>
    public async Task<ImmutableArray<Manifest>> ListAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not var (container, folder)) return [];
        // One manifest is one line.
        var answer = await docker.RunAsync(
            ["exec", container, "sh", "-c", "cat \"$1\"/*/" + Manifest.FileName + " 2>/dev/null || true", "list", folder],
            cancellationToken
        );
        return [.. Docker.Lines(answer).Select(Manifest.Parse).OfType<Manifest>().OrderByDescending(manifest => manifest.Taken)];
    }

    /// <summary>Copies one into a folder of this machine.</summary>
    /// <exception cref="UserErrorException">There is none of that name.</exception>
    public async Task<BackupFolder> FetchAsync(string name, string into, CancellationToken cancellationToken)
    {
        var known = await ListAsync(cancellationToken);
        if (known.All(manifest => manifest.Name != name) || await FindAsync(cancellationToken) is not var (container, folder))
            throw UserErrorException.BadInput(
                $"{Prefix}{name}: The backup service has none of that name. './infra.sh backup {topology.Naming.Stack} --list' shows what there is."
            );
        var archive = Path.Combine(into, "archive.tar");
        ShellResult result;
        // By its own tar: the engine copies from no container that mounts a file which is gone, as after the project was moved.
        string[] tar = ["exec", container, "tar", "-C", folder, "-c", "-f", "-", name];
        await using (var file = File.Create(archive)) result = await shell.StreamAsync(Docker.Program, tar, null, file, cancellationToken);
        if (!result.Succeeded) throw UserErrorException.Failed($"{Prefix}{name}: It was not copied: {result.Reason}");
        await ExtractAsync(name, archive, into, cancellationToken);
        return BackupFolder.Find(Path.Combine(into, name)) is { } backup
            ? backup with
            {
                Alias = Prefix + name,
            }
            : throw UserErrorException.Failed($"{Prefix}{name}: What was copied is not a backup.");
    }

    private static async Task ExtractAsync(string name, string archive, string into, CancellationToken cancellationToken)
    {
        try
        {
            await TarFile.ExtractToDirectoryAsync(archive, into, overwriteFiles: true, cancellationToken);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw UserErrorException.Failed(
                $"{Prefix}{name}: What was copied is not a complete archive: {error.Message} Nothing was changed; run it again."
            );
        }
    }

    private async Task<(string Container, string Folder)?> FindAsync(CancellationToken cancellationToken)
    {
        if (service is null)
            return null;
        var container = (await docker.ContainersAsync(topology.Naming, cancellationToken)).FirstOrDefault(container =>
            container.Service == service.Name && container.IsRunning
        );
        return container is null ? null : (container.Id, Components.Backup.FolderOf(service));
    }
}
