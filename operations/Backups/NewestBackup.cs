using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Foundation;

namespace Infra.Operations.Backups;

/// <summary>
/// What <c>newest</c> means: the newest backup on this machine that has everything of this stack. One that has far less than an older one
/// is asked for by its name: it may be of a stack that was rebuilt empty.
/// </summary>
/// <param name="topology">The stack.</param>
/// <param name="here">Its folder's backups, newest first.</param>
/// <param name="now">When it is asked for.</param>
/// <param name="command">The command that takes one, by its name.</param>
public sealed class NewestBackup(Topology topology, ImmutableArray<BackupFolder> here, DateTimeOffset now, Func<BackupFolder, string> command)
{
    // A volume of less is as good as empty: its size says nothing.
    private const long SmallVolume = 1 << 20;

    /// <summary>The one; nothing when there is none.</summary>
    /// <param name="name">The service or volume that alone is asked for, if any.</param>
    /// <exception cref="UserErrorException">An older one has far more.</exception>
    public BackupFolder? Find(string? name)
    {
        var parts = BackupPart.From(topology, name);
        var candidates = here.Where(backup => !backup.Manifest.IsFromTheFuture(now) && Suits(backup.Manifest, parts, name)).ToArray();
        if (candidates is not [var newest, .. var older]) return null;
        foreach (var fuller in older)
        {
            var losses = Losses(newest.Manifest, fuller.Manifest, parts).ToArray();
            if (losses.Length == 0) continue;
            throw UserErrorException.BadInput(
            [
                $"{topology.Naming.Name}: The newest backup, {newest.Manifest.Name}, has far less than {fuller.Manifest.Name}. "
                    + "Was the stack rebuilt in between? Nothing was changed.",
                .. losses,
                $"The fuller one: {command(fuller)}",
                $"The newest one: {command(newest)}",
            ]);
        }

        return newest;
    }

    // A part that is asked for by its name need not have come with all the others.
    private bool Suits(Manifest manifest, ImmutableArray<BackupPart> parts, string? name) => name is null
        ? manifest.IsCompleteFor(topology)
        : manifest.Stack == topology.Naming.Name && parts.All(part => part.IsCompanion || manifest.Parts.Any(written => written.File == part.File));

    private static IEnumerable<string> Losses(Manifest newer, Manifest older, ImmutableArray<BackupPart> parts)
    {
        foreach (var part in parts.Where(part => !part.IsCompanion))
        {
            var (now, before) = (
                newer.Parts.FirstOrDefault(written => written.File == part.File),
                older.Parts.FirstOrDefault(written => written.File == part.File)
            );
            if (before is null)
                continue;
            if (now is null)
                yield return $"  {part.Name}: nothing, there {before.Amount}";
            else if (IsFarLess(part, now, before))
                yield return $"  {part.Name}: {now.Amount}, there {before.Amount}";
        }
    }

    private static bool IsFarLess(BackupPart part, ManifestPart now, ManifestPart before) => (now.RowCount, before.RowCount) switch
    {
        ({ } rows, { } had) => rows * 2 < had,
        (null, { } had) => had > 0,
        _ => part is VolumePart && before.Bytes >= SmallVolume && now.Bytes * 2 < before.Bytes,
    };
}
