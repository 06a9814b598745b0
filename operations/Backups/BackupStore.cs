using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Backups;

/// <summary>Finds a backup by what a user calls it: a folder, a moment, <c>newest</c>, or <c>service:</c> and a moment.</summary>
public sealed class BackupStore(Workspace workspace, Topology topology, ScheduledBackups scheduled, string? folder, Func<DateTimeOffset> now)
    : IDisposable
{
    public const string Newest = "newest";

    private string? copy;

    /// <summary>Where the stack's backups lie on this machine; in a folder that is named, below it, for it may be another stack's as well.</summary>
    public string Folder { get; } =
        folder is null ? FolderOf(workspace, topology.Naming.Stack) : workspace.Absolute(Path.Combine(folder, topology.Naming.Name));

    /// <summary>Where a stack's backups lie, unless another folder is named.</summary>
    public static string FolderOf(Workspace workspace, string stack) => workspace.Absolute($"backups/{stack}");

    /// <summary>The stack's backups there, newest first.</summary>
    public ImmutableArray<BackupFolder> Here => [.. BackupFolder.All(Folder, now()).Where(backup => backup.Manifest.Stack == topology.Naming.Name)];

    /// <summary>The backup.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="part">The service or volume that alone is asked for, if any.</param>
    /// <param name="command">The command that takes another one, by its name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserErrorException">There is none of that name, or the newest cannot be the one that was meant.</exception>
    public async Task<BackupFolder> FindAsync(string name, string? part, Func<string, string> command, CancellationToken cancellationToken)
    {
        if (name.StartsWith(ScheduledBackups.Prefix, StringComparison.Ordinal))
            return await FetchAsync(name[ScheduledBackups.Prefix.Length..], cancellationToken);
        if (name == Newest)
            return new NewestBackup(topology, Here, now(), backup => command(NameOf(backup))).Find(part)
                ?? throw await NoneAsync(part, command, cancellationToken);
        return BackupFolder.Find(Path.Combine(Folder, name))
            ?? BackupFolder.Find(workspace.Absolute(name))
            ?? throw UserErrorException.BadInput(
                $"{name}: There is no complete backup of that name in {Folder}. "
                    + $"'./infra.sh backup {topology.Naming.Stack} --list' shows what there is."
            );
    }

    /// <summary>The backup service's newest, where it is younger than this one: it has the database alone, and is taken by its name only.</summary>
    public async Task<string?> YoungerOfServiceAsync(BackupFolder chosen, CancellationToken cancellationToken) =>
        (await scheduled.ListAsync(cancellationToken)).FirstOrDefault(manifest => !manifest.IsFromTheFuture(now())) is { } newest
        && newest.Taken > chosen.Manifest.Taken
            ? ScheduledBackups.Prefix + newest.Name
            : null;

    /// <summary>Removes what was copied here for a while.</summary>
    public void Dispose()
    {
        if (copy is not null && Directory.Exists(copy)) Directory.Delete(copy, recursive: true);
    }

    private string NameOf(BackupFolder backup) => folder is null ? backup.Manifest.Name : backup.Path;

    private async Task<UserErrorException> NoneAsync(string? part, Func<string, string> command, CancellationToken cancellationToken)
    {
        var what = part is null ? "complete backup" : $"backup of {part}";
        var others = Here.Select(backup => (Name: NameOf(backup), backup.Manifest))
            .Concat(
                (await scheduled.ListAsync(cancellationToken)).Select(manifest => (Name: ScheduledBackups.Prefix + manifest.Name, Manifest: manifest))
            )
            .ToArray();
        return UserErrorException.BadInput([
            $"{topology.Naming.Name}: There is no {what} yet in {Folder}. './infra.sh backup {topology.Naming.Stack}' takes one.",
            .. others.Select(other =>
                $"  {other.Name} has {string.Join(", ", other.Manifest.Parts.Select(written => written.Name))}: {command(other.Name)}"
            ),
        ]);
    }

    // In a draft's place: one that a killed restore has left is swept like a draft.
    private Task<BackupFolder> FetchAsync(string name, CancellationToken cancellationToken)
    {
        OwnFolder.Make(Folder);
        _ = Draft.Sweep(Folder).Count();
        copy = Draft.From(Path.Combine(Folder, Manifest.NameAt(now())));
        OwnFolder.Make(copy);
        return scheduled.FetchAsync(name, copy, cancellationToken);
    }
}
