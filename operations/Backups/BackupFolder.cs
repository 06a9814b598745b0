using System.Collections.Immutable;
using System.Security.Cryptography;
using Infra.Model;
using Infra.Operations.Foundation;

namespace Infra.Operations.Backups;

/// <summary>A complete backup on this machine.</summary>
public sealed record BackupFolder(string Path, Manifest Manifest)
{
    /// <summary>The backup in this folder; nothing when it is none.</summary>
    public static BackupFolder? Find(string path)
    {
        var file = System.IO.Path.Combine(path, Manifest.FileName);
        return File.Exists(file) && Manifest.Parse(File.ReadAllText(file)) is { } manifest ? new BackupFolder(path, manifest) : null;
    }

    /// <summary>The backups below a folder, newest first; after them those whose date a wrong clock has put into the future.</summary>
    public static ImmutableArray<BackupFolder> All(string folder, DateTimeOffset now) =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .EnumerateDirectories(folder)
                    .Where(path => !System.IO.Path.GetFileName(path).StartsWith('.'))
                    .Select(Find)
                    .OfType<BackupFolder>()
                    .OrderBy(backup => backup.Manifest.IsFromTheFuture(now))
                    .ThenByDescending(backup => backup.Manifest.Taken),
            ];

    /// <summary>What a user calls it, where its folder is a copy that is gone after the command.</summary>
    public string? Alias { get; init; }

    /// <summary>What messages call it: its folder, or the name that it was asked for by.</summary>
    public string Title => Alias ?? Path;

    /// <summary>The same in a few letters: its moment, or the name that it was asked for by.</summary>
    public string ShortTitle => Alias ?? Manifest.Name;

    /// <summary>What messages call one of its files.</summary>
    public string TitleOf(ManifestPart part) => $"{Title}/{part.File}";

    public string FileOf(ManifestPart part) => System.IO.Path.Combine(Path, part.File);

    /// <exception cref="UserErrorException">A file is missing or is not as it was written; all of them are named.</exception>
    public async Task RequireWholeAsync(IEnumerable<ManifestPart> parts, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var part in parts)
            if (await FaultAsync(part, cancellationToken) is { } fault)
                faults.Add($"{TitleOf(part)}: {fault}");
        if (faults.Count > 0)
            throw UserErrorException.Failed([
                .. faults,
                "The backup is damaged, and nothing was changed. './infra.sh backup STACK --list' shows the others.",
            ]);
    }

    /// <summary>The digest of a file.</summary>
    public static async Task<string> DigestAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private async Task<string?> FaultAsync(ManifestPart part, CancellationToken cancellationToken)
    {
        var file = new FileInfo(FileOf(part));
        if (!file.Exists)
            return "The file is missing.";
        if (file.Length != part.Bytes)
            return FormattableString.Invariant($"It has {Counted.Of(file.Length, "byte")}, and was written with {part.Bytes}.");
        return await DigestAsync(file.FullName, cancellationToken) == part.Sha256 ? null : "Its SHA-256 is not the one it was written with.";
    }
}
