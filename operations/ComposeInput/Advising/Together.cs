using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Advising;

/// <summary>What a service lacks of several things that one line says together.</summary>
internal static class Together
{
    private static readonly ImmutableArray<(string Rule, string[] Aspects, string Begin, string Join, string Action)> Lists =
    [
        ("LIMITS", ["memory", "cpus", "pids"], "it may use ", ", ", "Set {0}, or the same in 'deploy.resources.limits'."),
        ("UNPRIVILEGED", ["capabilities", "privileges"], "", ", and ", "Set {0}."),
    ];

    /// <summary>The findings, those that belong together as one.</summary>
    public static IEnumerable<KeyedFinding> Merge(IReadOnlyList<KeyedFinding> findings)
    {
        var done = new HashSet<(string, string)>();
        foreach (var each in findings)
        {
            var list = Lists.FirstOrDefault(list => Belongs(list.Rule, list.Aspects, each.Finding));
            if (list.Rule is null) yield return each;
            else if (done.Add((list.Rule, each.Finding.Where)))
            {
                var parts = findings.Where(other => other.Finding.Where == each.Finding.Where && Belongs(list.Rule, list.Aspects, other.Finding))
                    .Select(other => other.Finding).DistinctBy(finding => finding.Aspect).ToArray();
                yield return each with
                {
                    Finding = each.Finding with
                    {
                        What = list.Begin + Listed([.. parts.Select(part => part.What)], list.Join) + ".",
                        Do = string.Format(null, list.Action, Listed([.. parts.Select(part => part.Do)], ", ")),
                    },
                };
            }
        }
    }

    private static bool Belongs(string rule, string[] aspects, Finding finding) => finding.Rule == rule && aspects.Contains(finding.Aspect);

    private static string Listed(string[] parts, string join) =>
        join.Contains("and", StringComparison.Ordinal) || parts.Length < 2
            ? string.Join(join, parts)
            : $"{string.Join(join, parts[..^1])} and {parts[^1]}";
}
