using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Infra.Model;
using Infra.Stacks;

namespace Infra.Operations.Project;

/// <summary>
/// Digests of the files that services read. Of what holds a secret they are keyed: without the key, which lies beside the secrets, no
/// guess can be tried on them.
/// </summary>
/// <param name="files">Where the stack's secrets are, and the key.</param>
/// <param name="fill">A secret's value.</param>
public sealed class FileDigests(SecretFiles files, Func<Secret, SecretValue> fill)
{
    // Its name is none that a secret can have.
    private static readonly Secret Key = new(".digest-key");

    /// <summary>A digest of all that a service reads, by the service's name; none of one that reads no file.</summary>
    public ImmutableSortedDictionary<string, string> For(Topology topology) => topology.Services.Where(service => !service.Files.IsEmpty)
        .ToImmutableSortedDictionary(service => service.Name, For, StringComparer.Ordinal);

    private string For(ServiceSpec service)
    {
        byte[] bytes =
        [
            .. service.Files.SelectMany(file => (byte[])[.. Encoding.UTF8.GetBytes($"{file.Path}\0"), .. file.Content.Render(fill).Bytes.Span, 0]),
        ];
        var digest = service.Files.Any(file => file.IsSecret)
            ? HMACSHA256.HashData(files.ReadOrCreate(Key).Bytes.Span, bytes)
            : SHA256.HashData(bytes);
        return Convert.ToHexStringLower(digest)[..32];
    }
}
