using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Operations.Engine;

/// <summary>What helps against an answer that an HTTP probe got, where one cause is by far the most frequent.</summary>
public static partial class ProbeHint
{
    /// <summary>A sentence for the user, or nothing.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="output">What its probe printed.</param>
    public static string? Find(string service, string output) =>
        Status(output) switch
        {
            400 =>
                "It refuses the host that the probe names. "
                + "Django: have its ALLOWED_HOSTS allow 127.0.0.1 and localhost (infra:app.environment, where its settings read them there).",
            301 or 302 or 307 or 308 =>
                $"It redirects the probe, which follows no redirect. Set infra:services.{service}.health to the very path that answers 200, "
                + "with its last slash if it has one; if Django redirects to HTTPS (SECURE_SSL_REDIRECT), exempt it in SECURE_REDIRECT_EXEMPT.",
            404 => $"It has no such path. Set infra:services.{service}.health to one that answers 200.",
            _ => null,
        };

    private static int? Status(string output) =>
        Answer().Match(output) is { Success: true } answer ? int.Parse(answer.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    // The output of the socket probe, of urllib, of curl.
    [GeneratedRegex(@"(?:answered|HTTP Error|returned error:) (\d{3})")]
    private static partial Regex Answer();
}
