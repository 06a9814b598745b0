using System.Security.Cryptography;
using System.Text;
using Infra.Model;

namespace Infra.Targets.Compose;

/// <summary>A short hash over the files of a service, their secrets by name only: Compose does not look into files for changes.</summary>
internal static class Fingerprint
{
    private const int Length = 12;

    public static string? Hash(ServiceSpec service)
    {
        if (service.Files.IsEmpty)
            return null;
        var text = string.Join(
            '\0',
            service.Files.OrderBy(file => file.Path, StringComparer.Ordinal).SelectMany(file => new[] { file.Path, file.Content.ToString() })
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Length];
    }
}
