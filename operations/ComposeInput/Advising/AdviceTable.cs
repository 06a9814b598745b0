using System.Collections.Immutable;

namespace Infra.Operations.ComposeInput.Advising;

/// <summary>What Compose calls what the rules over topologies speak of, by rule and aspect.</summary>
internal static class AdviceTable
{
    private static readonly ImmutableDictionary<string, Func<Advised, Advice?>> Rows = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        [.. OfImages.Rows, .. OfRunning.Rows, .. OfData.Rows, .. OfAccess.Rows, .. OfResources.Rows]
    );

    /// <summary>Whether anything is known of such a finding.</summary>
    public static bool Knows(string rule, string aspect) => Rows.ContainsKey(Key(rule, aspect));

    /// <summary>What is said of it; nothing where it makes no sense for Compose files.</summary>
    public static Advice? For(Advised advised) => Rows.GetValueOrDefault(Key(advised.Finding.Rule, advised.Finding.Aspect))?.Invoke(advised);

    /// <summary>What a row is called: <c>LIMITS memory</c>.</summary>
    public static string Key(string rule, string aspect) => aspect.Length == 0 ? rule : $"{rule} {aspect.Split(':', 2)[0]}";

    /// <summary>A row that says the same of each finding.</summary>
    public static KeyValuePair<string, Func<Advised, Advice?>> Row(string name, Advice advice) => new(name, _ => advice);

    /// <summary>A row that looks at the finding.</summary>
    public static KeyValuePair<string, Func<Advised, Advice?>> Row(string name, Func<Advised, Advice?> advise) => new(name, advise);

    /// <summary>A row of what only stacks of ours have, or Compose itself refuses.</summary>
    public static KeyValuePair<string, Func<Advised, Advice?>> None(string name) => new(name, _ => null);
}
