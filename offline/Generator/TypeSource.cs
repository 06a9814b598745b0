namespace Generator;

/// <summary>The source of one type, not indented, and the namespace that it lies in.</summary>
internal sealed record TypeSource(string Namespace, string Text)
{
    /// <summary>A type by its declaration; each paragraph is a member, its lines not indented.</summary>
    public static TypeSource From(string namespaceName, string declaration, params IEnumerable<string> paragraphs) => new(
        namespaceName,
        $$"""
        {{declaration}}
        {
        {{string.Join("\n\n", paragraphs.Select(Indent))}}
        }
        """);

    /// <summary>The same lines, four columns to the right; an empty one stays empty.</summary>
    public static string Indent(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));
}
