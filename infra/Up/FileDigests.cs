using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Infra.Model;
using Infra.Stacks;

namespace Infra.Up;

/// <summary>
/// Digests of the files that services read. Of what holds a secret they are keyed: without the key, which lies beside the secrets, no
/// guess can be tried on them.
/// </summary>
/// <param name="files">Where the stack's secrets are, and the key.</param>
/// <param name="fill">A secret's value.</param>
public sealed class FileDigests(SecretFiles files, Func<Secret, string> fill)
{
    // Its name is none that a secret can have.
    private static readonly Secret Key = new(".digest-key");

    /// <summary>A digest of all that a service reads, by the service's name; none of one that reads no file.</summary>
    public ImmutableSortedDictionary<string, string> Of(Topology topology) => topology.Services.Where(service => !service.Files.IsEmpty)
        .ToImmutableSortedDictionary(service => service.Name, Of, StringComparer.Ordinal);

    private string Of(ServiceSpec service)
    {
        var content = string.Join('\0', service.Files.SelectMany(file => new[] { file.Path, file.Content.Render(fill) }));
        var bytes = Encoding.UTF8.GetBytes(content);
        var digest = service.Files.Any(file => file.IsSecret)
            ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(files.ReadOrCreate(Key)), bytes)
            : SHA256.HashData(bytes);
        return Convert.ToHexStringLower(digest)[..32];
    }
}
