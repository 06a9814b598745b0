using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>What a Celery command says.</summary>
internal static partial class CeleryOptions
{
    /// <summary>The application that it names: <c>celery -A shop.celery_app worker</c>.</summary>
    public static string? Application(ImmutableArray<string> command) =>
        Named().Match(string.Join(' ', command)) is { Success: true } match && Module().IsMatch(match.Groups["app"].Value)
            ? match.Groups["app"].Value : null;

    [GeneratedRegex(@"\bcelery\b.*?\s(-A[= ]?|--app[= ])['""]?(?<app>[\w.:]+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"\A\w+(\.\w+)*(:\w+(\.\w+)*)?\z")]
    private static partial Regex Module();
}
