using Infra.Cli;
using Infra.Model;

namespace Infra.Backups;

/// <summary>Finds a backup by what a user calls it: a folder, a moment, <c>newest</c>, or <c>service:</c> and a moment.</summary>
public sealed class BackupStore(Workspace workspace, Topology topology, ScheduledBackups scheduled, string? folder) : IDisposable
{
    public const string Newest = "newest";

    private DirectoryInfo? copy;

    /// <summary>Where the stack's backups lie on this machine.</summary>
    public string Folder { get; } = workspace.Absolute(folder ?? $"backups/{topology.Naming.Stack}");

    /// <summary>The backup.</summary>
    /// <exception cref="CliException">There is none of that name.</exception>
    public async Task<BackupFolder> FindAsync(string name, CancellationToken cancel)
    {
        if (name == Newest) return await NewestAsync(cancel);
        if (name.StartsWith(ScheduledBackups.Prefix, StringComparison.Ordinal)) return await FetchAsync(name[ScheduledBackups.Prefix.Length..], cancel);
        return BackupFolder.Find(Path.Combine(Folder, name)) ?? BackupFolder.Find(workspace.Absolute(name))
            ?? throw CliException.Bad($"{name}: There is no complete backup of that name in {Folder}. './infra.sh backup {topology.Naming.Stack} --list' shows what there is.");
    }

    /// <summary>Removes what was copied here for a while.</summary>
    public void Dispose() => copy?.Delete(recursive: true);

    private async Task<BackupFolder> NewestAsync(CancellationToken cancel)
    {
        var here = BackupFolder.All(Folder).FirstOrDefault();
        var there = (await scheduled.ListAsync(cancel)).FirstOrDefault();
        if (there is not null && there.Taken > (here?.Manifest.Taken ?? DateTimeOffset.MinValue)) return await FetchAsync(there.Name, cancel);
        return here ?? throw CliException.Bad($"{topology.Naming.Name}: There is no backup yet. './infra.sh backup {topology.Naming.Stack}' takes one.");
    }

    private Task<BackupFolder> FetchAsync(string name, CancellationToken cancel)
    {
        // Its mode keeps others out.
        copy ??= Directory.CreateTempSubdirectory("infra-backup-");
        return scheduled.FetchAsync(name, copy.FullName, cancel);
    }
}
