using System.Text.RegularExpressions;

namespace Infra.Model.Rules;

/// <summary>Without a probe that can fail, an engine takes a hanging process for a working one.</summary>
internal static partial class HealthChecks
{
    public static Rule Rule { get; } = new("HEALTHCHECK", Severity.Error, "Every long-running service has a probe that can fail", Check);

    private static IEnumerable<Finding> Check(Topology topology)
    {
        foreach (var service in topology.LongRunning())
            if (service.Health is null)
                yield return Rule.Error(service.Name, "it has no probe, so nobody learns when it stops working.", "Give it a health check.");
            else if (CannotFail(service.Health))
                yield return Rule.Error(service.Name,
                    $"its probe '{string.Join(' ', service.Health.Test)}' cannot fail.",
                    "Probe what it serves: a request, a ping, the age of a heartbeat.");
    }

    private static bool CannotFail(HealthCheck health) => health.Test switch
    {
        [] => true,
        ["sh" or "bash" or "/bin/sh" or "/bin/bash", "-c", var script, ..] => AlwaysSucceeds().IsMatch(script) && !CanGiveUp().IsMatch(script),
        [var command, ..] => command is "true" or "/bin/true" or "/usr/bin/true" or ":" or "echo",
    };

    // The whole script, or what follows the last `;` or `||`, always succeeds.
    [GeneratedRegex(@"^(.*(;|\|\||\n))?\s*(true|/bin/true|:|exit\s+0|echo\b[^;&|]*)\s*;?\s*$", RegexOptions.Singleline)]
    private static partial Regex AlwaysSucceeds();

    [GeneratedRegex(@"\bset\s+-\w*e|\bexit\s+[1-9$]")]
    private static partial Regex CanGiveUp();
}
