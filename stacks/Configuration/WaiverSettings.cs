using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model.Rules;

namespace Infra.Stacks.Configuration;

/// <summary>Reads which findings are waived, and why.</summary>
internal static partial class WaiverSettings
{
    public static Waivers Read(Section root, string key, IEnumerable<ServiceSettings> services)
    {
        var reasons = root.Map(
            key,
            "findings to live with, by `RULE` or `RULE.SERVICE`, each with the reason: `{ LIMITS.web: \"alone on its machine\" }`. "
                + "`check` goes on listing them. None of `SETTINGS`, `SECRETS`, `REMOTE-ENGINE` and `TARGET-…` can be waived"
        );
        // A service that says why it has no probe needs no second line for it.
        var waivers = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var service in services)
            if (service.Runtime.Probe.None is { } why && !service.Kind.IsStep) waivers[$"HEALTHCHECK.{service.Name}"] = why;
        foreach (var (waiver, reason) in reasons)
            if (IsSound(root, key, waiver, reason)) waivers[waiver] = reason;
        return new Waivers(waivers.ToImmutable());
    }

    private static bool IsSound(Section root, string key, string waiver, string reason)
    {
        var (what, then) =
            !Name().IsMatch(waiver) ? ($"'{waiver}' is not a rule.", "Write RULE or RULE.SERVICE as check shows them: LIMITS, LIMITS.web.")
            : !Waivers.CanWaive(Waivers.RuleOf(waiver))
                ? ($"Findings of {Waivers.RuleOf(waiver)} cannot be waived: the stack would not run.", "Fix what is found, and drop the waiver.")
            : string.IsNullOrWhiteSpace(reason) ? ("It gives no reason.", "Write why the finding does no harm here.")
            : ("", "");
        if (what.Length > 0) root.Report($"{key}.{waiver}", what, then);
        return what.Length == 0;
    }

    [GeneratedRegex(@"\A[A-Z]+(-[A-Z]+)*(\.[^\s.].*)?\z")]
    private static partial Regex Name();
}
