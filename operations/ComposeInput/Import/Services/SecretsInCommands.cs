using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Passwords in commands: a shell reads them from the variable that has them.</summary>
internal static partial class SecretsInCommands
{
    // What is as short may stand in a command by chance.
    private const int Shortest = 4;

    private const int LongerThanWords = 8;

    /// <summary>The command without a secret in it; nothing where one stays.</summary>
    public static ImmutableArray<string>? Hide(ImportScope scope, ServicePlan plan, ImmutableArray<string> words)
    {
        foreach (var word in words) Note(scope, plan, word);
        var found = scope.Secrets.All.Where(secret => words.Any(word => Has(word, secret.Value)) && IsThere(scope, words, secret.Value)).ToArray();
        if (found.Length == 0) return words.Any(word => UrlWithPassword().IsMatch(word)) ? null : words;
        var isShell = words is [_, "-c", _];
        foreach (var (name, value) in found)
        {
            var variable = plan.Variables.FirstOrDefault(each => each.Secret == name || each.Text == $"{{secrets.{name}}}");
            if (variable is null)
            {
                variable = new Variable(name.ToUpperInvariant().Replace('-', '_'), $"{{secrets.{name}}}") { HasSecret = true };
                plan.Variables.Add(variable);
            }

            if (!isShell) words = ["sh", "-c", "exec " + string.Join(' ', words.Select(Quoted))];
            isShell = true;
            words = [words[0], "-c", words[2].Replace(value, $"${{{variable.Name}}}", StringComparison.Ordinal)];
        }

        return words;
    }

    /// <summary>A variable's value with the passwords in its options as mentions of secrets; nothing where there is none.</summary>
    public static string? InText(ImportScope scope, ServicePlan plan, string text)
    {
        Note(scope, plan, text);
        var result = "";
        var at = 0;
        foreach (var value in Option().Matches(text).Select(match => match.Groups["value"]))
        {
            if (scope.Secrets.NameOf(value.Value) is not { } secret) continue;
            result += $"{Spelling.Literal(text[at..value.Index])}{{secrets.{secret}}}";
            at = value.Index + value.Length;
        }

        return at == 0 ? null : result + Spelling.Literal(text[at..]);
    }

    // A word that many write by chance, such as a user's name, is the secret only behind an option that says so.
    private static bool IsThere(ImportScope scope, ImmutableArray<string> words, string value) =>
        Option().Matches(string.Join(' ', words)).Any(match => match.Groups["value"].Value.Trim('"', '\'') == value)
        || (value.Length >= LongerThanWords
            && !scope.Plans.Any(other => other.Name == value || other.Store?.User == value || other.Store?.Name == value
                || scope.Application.Name == value));

    // --password=hunter2, --requirepass hunter2
    private static void Note(ImportScope scope, ServicePlan plan, string word)
    {
        foreach (Match match in Option().Matches(word))
            if (match.Groups["value"].Value is { Length: >= Shortest } value && value[0] != '$' && !value.Contains('/', StringComparison.Ordinal)
                && scope.Secrets.NameOf(value) is null)
                scope.Secrets.Add($"{plan.SettingsName.Replace('_', '-')}-password", value, plan.SettingsName);
    }

    private static bool Has(string word, string value) => Regex.IsMatch(word, $@"(?<![A-Za-z0-9_]){Regex.Escape(value)}(?![A-Za-z0-9_])");

    private static string Quoted(string word) => Safe().IsMatch(word) ? word
        : $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(
        @"--?[\w-]*(password|passwd|requirepass|secret|token|pass)[= ]['""]?(?<value>[^\s'""]+)"
            + @"|(redis-cli|valkey-cli)\b.*?\s-a\s*(?<value>[^\s'""]+)|\s-p(?<value>[^\s'""=-][^\s'""]{3,})(?=\s|$)"
            + @"|\b(PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH)=['""]?(?<value>[^\s'""]+)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Option();

    [GeneratedRegex(@"\A[A-Za-z0-9_./:=@%+,-]+\z")]
    private static partial Regex Safe();

    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://[^\s/:@]*:[^\s/@${<%][^\s/@]*@", RegexOptions.IgnoreCase)]
    private static partial Regex UrlWithPassword();
}
