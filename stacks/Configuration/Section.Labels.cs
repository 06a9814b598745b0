using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Stacks.Configuration;

/// <content>Labels of containers.</content>
internal sealed partial class Section
{
    /// <summary>Labels of a container; those of the stack itself are its own.</summary>
    public ImmutableSortedDictionary<string, string> Labels(string key, string sentence)
    {
        var labels = Map(key, sentence);
        var wrong = labels
            .Keys.Where(name =>
                !LabelName().IsMatch(name)
                || name.StartsWith("infra.", StringComparison.Ordinal)
                || name.StartsWith("com.docker.", StringComparison.Ordinal)
            )
            .ToArray();
        foreach (var name in wrong)
            Report(
                $"{key}.{name}",
                $"'{name}' is not a label that a service can be given.",
                "Write letters, digits, '.', '_', '/' and '-'; 'infra.' and 'com.docker.' belong to others."
            );
        return labels.RemoveRange(wrong);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/-]{0,127}\z")]
    private static partial Regex LabelName();
}
