using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Stacks.Configuration;

/// <content>Names and paths that end in programs, in URLs and in shells.</content>
internal sealed partial class Section
{
    /// <summary>The path of a URL; a text that does not begin as one is a finding.</summary>
    public string UrlPath(string key, string usual, string sentence, StackKinds only = StackKinds.All)
    {
        var text = Text(key, sentence, Code(usual), only) ?? usual;
        if (text.Length > 0 && text[0] != '/') Report(key, $"'{text}' is not a path.", $"Write '/{text}'.");
        else if (!InUrl().IsMatch(text)) Report(key, $"'{text}' is not a path as a URL has it.", "Write other characters as %20 and the like.");
        return text;
    }

    /// <summary>Names of environment variables; those that cannot be one are findings.</summary>
    public ImmutableArray<string> Variables(string key, string sentence) => [.. List(key, sentence).Where(name => IsVariable(key, name)).Distinct()];

    /// <summary>The name of one environment variable; a text that cannot be one is a finding.</summary>
    public string Variable(string key, string usual, string sentence, StackKinds only = StackKinds.All)
        => (Text(key, sentence, Code(usual), only) ?? usual) is var name && IsVariable(key, name) ? name : usual;

    /// <summary>A name that a store knows: of its user or its database.</summary>
    public string StoreName(string key, string usual, int longest, string sentence)
    {
        var name = TextOr(key, usual, sentence);
        if (!Plain().IsMatch(name) || name.Length > longest)
            Report(
                key,
                $"'{name}' is not a name that every client understands.",
                FormattableString.Invariant($"Write at most {longest} letters, digits, '_' and '-', a letter or '_' first.")
            );
        else if (Reserved().IsMatch(name))
            Report(key, $"'{name}' is kept for the store's own use.", "Choose another name.");
        return name;
    }

    private bool IsVariable(string key, string name)
    {
        if (Name().IsMatch(name)) return true;
        Report(key, $"'{name}' is not the name of a variable.", "Write letters, digits and '_', and no digit first.");
        return false;
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex Plain();

    // Postgres' own and ours in it, and RabbitMQ's user that may log in from the node alone.
    [GeneratedRegex(@"\A(pg_|infra_|template[01]\z|guest\z)")]
    private static partial Regex Reserved();

    // A path and its query, by RFC 3986.
    [GeneratedRegex(@"\A([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*\z")]
    private static partial Regex InUrl();
}
