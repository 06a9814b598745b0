using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Infra.Components.Monitoring;

/// <summary>Something that Prometheus asks for its metrics and no component describes.</summary>
/// <param name="Job">What Prometheus calls it.</param>
/// <param name="Host">The service's name, or its address elsewhere.</param>
/// <param name="Port">The port it answers on.</param>
/// <param name="Path">The path, with its query where it has one.</param>
public sealed record ScrapeTarget(string Job, string Host, int Port, string Path)
{
    /// <summary>Reads <c>host:port</c>, with <c>/metrics</c> or another path behind it.</summary>
    public static bool TryParse(string job, string text, [NotNullWhen(true)] out ScrapeTarget? target)
    {
        target = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (address, path) = slash < 0 ? (text, "/metrics") : (text[..slash], text[slash..]);
        if (address.Split(':') is not [{ Length: > 0 } host, var number] || !host.All(IsOfName)) return false;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535) return false;
        if (path.Any(letter => letter is '"' or '\\' || char.IsWhiteSpace(letter) || char.IsControl(letter))) return false;
        target = new ScrapeTarget(job, host, port, path);
        return true;
    }

    private static bool IsOfName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_';
}
