using System.Globalization;

namespace Infra.Components.Programs;

/// <summary>Text from settings inside the short Python programs of probes.</summary>
internal static class PythonText
{
    /// <summary>The text as it is written between single quotes.</summary>
    public static string Quotable(string text) => string.Concat(text.Select(letter => letter switch
    {
        '\\' or '\'' => $"\\{letter}",
        < ' ' or > '~' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
        _ => letter.ToString(),
    }));
}
