using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Operations.Project;

/// <summary>Words of YAML without quotes that a reader may take for something else than a text.</summary>
public static partial class PlainScalar
{
    /// <summary>
    /// Whether Pulumi, which passes settings on as JSON, would spell it another way: <c>3.10</c> is 3.1 to it, <c>010</c> is 8,
    /// <c>2026-01-01</c> has a time, and <c>yes</c> may be true.
    /// </summary>
    public static bool IsReformatted(string text)
        => (Number().IsMatch(text) && Canonical(text) != text) || OtherBase().IsMatch(text) || Date().IsMatch(text) || Truth().IsMatch(text);

    private static string Canonical(string text)
        => long.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? whole.ToString(CultureInfo.InvariantCulture)
            : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[-+]?(0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*_[0-9_]*)$|^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$")]
    private static partial Regex OtherBase();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?$")]
    private static partial Regex Date();

    [GeneratedRegex("^(y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|True|TRUE|False|FALSE)$")]
    private static partial Regex Truth();
}
