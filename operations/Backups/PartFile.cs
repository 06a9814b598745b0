using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Infra.Operations.Foundation;

namespace Infra.Operations.Backups;

/// <summary>The data of a part as they left their service, read from its file.</summary>
internal static class PartFile
{
    public static Stream Open(BackupPart part, string path)
    {
        var file = File.OpenRead(path);
        return part.IsZipped ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Reads an archive to its end, entry by entry; answers the SHA-256 of it as it is unzipped.</summary>
    /// <param name="part">What it holds.</param>
    /// <param name="path">The file.</param>
    /// <param name="title">What messages call the file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserErrorException">It is incomplete, or not an archive.</exception>
    public static async Task<string> RequireArchiveAsync(BackupPart part, string path, string title, CancellationToken cancellationToken)
    {
        try
        {
            using var digest = SHA256.Create();
            await using (var hashed = new CryptoStream(Open(part, path), digest, CryptoStreamMode.Read))
            {
                await using var archive = new TarReader(hashed, leaveOpen: true);
                while (await archive.GetNextEntryAsync(copyData: false, cancellationToken) is not null)
                {
                    // Each is read on the way to the next.
                }

                await hashed.CopyToAsync(Stream.Null, cancellationToken);
            }

            return Convert.ToHexStringLower(digest.Hash!);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw UserErrorException.Failed($"{title}: It is not a complete archive: {error.Message}");
        }
    }
}
