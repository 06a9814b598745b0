using System.Text;
using System.Text.RegularExpressions;
using Infra.Operations.Project;

namespace Infra.Operations.ComposeInput.Import.Settings;

/// <summary>Writes settings as a person does: what is short on one line, quotes where YAML or Pulumi would read something else.</summary>
internal static partial class SettingsWriter
{
    private const int Width = 110;
    private const int MostInFlow = 5;
    private const int CommentWidth = 120;

    /// <summary>The text of a file.</summary>
    public static string Write(SettingsMap root)
    {
        var text = new StringBuilder();
        Block(text, root, 0);
        return text.ToString();
    }

    private static void Block(StringBuilder text, SettingsMap map, int indent)
    {
        foreach (var entry in map.Entries)
        {
            var margin = new string(' ', indent);
            if (entry.Comment is { } comment) Comment(text, margin, comment);
            text.Append(margin).Append(Key(entry.Key)).Append(':');
            switch (entry.Value)
            {
                case SettingsMap inner when Flow(inner, isInner: false) is { } flow && Fits(flow, entry, indent):
                    text.Append(' ').Append(flow).Append('\n');
                    break;
                case SettingsMap inner:
                    text.Append('\n');
                    Block(text, inner, indent + 2);
                    break;
                case SettingsList list when !Fits(Flow(list), entry, indent):
                    text.Append('\n');
                    foreach (var item in list.Items) text.Append(margin).Append("  - ").Append(Scalar(item, isInFlow: false)).Append('\n');
                    break;
                case SettingsList list:
                    text.Append(' ').Append(Flow(list)).Append('\n');
                    break;
                case SettingsText scalar:
                    text.Append(' ').Append(Scalar(scalar.Value, isInFlow: false)).Append('\n');
                    break;
                default:
                    text.Append(' ').Append(((SettingsWord)entry.Value).Value).Append('\n');
                    break;
            }
        }
    }

    private static void Comment(StringBuilder text, string margin, string comment)
    {
        var line = new StringBuilder();
        foreach (var word in comment.Split(' '))
        {
            if (line.Length > 0 && margin.Length + line.Length + word.Length + 3 > CommentWidth)
            {
                text.Append(margin).Append("# ").Append(line).Append('\n');
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        text.Append(margin).Append("# ").Append(line).Append('\n');
    }

    private static bool Fits(string flow, SettingsEntry entry, int indent) => indent + entry.Key.Length + flow.Length + 2 <= Width;

    // A map of several things reads better below its key, and so does one in which something is explained.
    private static string? Flow(SettingsMap map, bool isInner)
    {
        if (map.IsEmpty) return "{}";
        if (map.Entries.Count > (isInner ? 2 : MostInFlow) || map.Entries.Any(entry => entry.Comment is not null)) return null;
        var parts = new List<string>();
        foreach (var entry in map.Entries)
        {
            var value = entry.Value switch
            {
                SettingsMap inner => isInner ? null : Flow(inner, isInner: true),
                SettingsList list => Flow(list),
                SettingsText text => Scalar(text.Value, isInFlow: true),
                _ => ((SettingsWord)entry.Value).Value,
            };
            if (value is null) return null;
            parts.Add($"{Key(entry.Key)}: {value}");
        }

        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static string Flow(SettingsList list) => $"[{string.Join(", ", list.Items.Select(item => Scalar(item, isInFlow: true)))}]";

    private static string Key(string key) => KeyText().IsMatch(key) ? key : Quoted(key);

    private static string Scalar(string text, bool isInFlow) =>
        (isInFlow ? PlainInFlow() : Plain()).IsMatch(text) && !Reserved().IsMatch(text) && !PlainScalar.IsReformatted(text)
            && !NumberText().IsMatch(text)
            ? text
            : Quoted(text);

    private static string Quoted(string text)
    {
        if (text.Contains('"', StringComparison.Ordinal) && SingleQuotable().IsMatch(text)) return $"'{text}'";
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
            quoted.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                _ when char.IsControl(letter) => FormattableString.Invariant($"\\x{(int)letter:x2}"),
                _ => letter.ToString(),
            });
        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z_/][A-Za-z0-9_./@+-]*(:[A-Za-z0-9_-]+)?\z")]
    private static partial Regex KeyText();

    [GeneratedRegex(@"\A[A-Za-z0-9_/.$+-](?:[A-Za-z0-9_/.@+=$()~^,&;<>|'""\[\]%*!-]|:(?=\S)| (?=[A-Za-z0-9_/.@+=$()~^,&;<>|'""\[\]%*!-]))*\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A[A-Za-z0-9_/.$+-](?:[A-Za-z0-9_/.@+=$()~^%*!-]|:(?=[A-Za-z0-9_/.-])| (?=[A-Za-z0-9_/.@+=$()~^%*!-]))*\z")]
    private static partial Regex PlainInFlow();

    [GeneratedRegex(@"\A(?:true|false|yes|no|on|off|y|n|null|~|-|-{3}.*|\.|- .*)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();

    // What begins as a number and is none of these is quoted, too: 8000:8000.
    [GeneratedRegex(@"\A[0-9.+-][0-9._:]*\z")]
    private static partial Regex NumberText();

    [GeneratedRegex(@"\A[ -&(-~]*\z")]
    private static partial Regex SingleQuotable();
}
