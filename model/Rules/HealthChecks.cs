using System.Text.RegularExpressions;

namespace Infra.Model.Rules;

/// <summary>Without a probe that can fail, an engine takes a hanging process for a healthy one.</summary>
internal static partial class HealthChecks
{
    public static Rule Rule { get; } = new("HEALTHCHECK", Severity.Error, "Every long-running service has a probe that can fail", Check);

    private static IEnumerable<Finding> Check(Topology topology)
    {
        foreach (var service in topology.LongRunning())
            if (service.Health is null)
                yield return Rule.Error(
                    service.Name,
                    "it has no probe, so nothing notices when it stops working.",
                    "Give it a health check.",
                    "none"
                );
            else if (!service.Health.IsOfImage && CannotFail(service.Health))
                yield return Rule.Error(service.Name,
                    $"its probe '{string.Join(' ', service.Health.Test)}' cannot fail.",
                    "Probe what it serves: a request, a ping, the age of a heartbeat.", "cannot-fail");
            else if (AsksCelery(service.Health) && TaskQueue.OtherThanCelery(service.Entrypoint.Concat(service.Command)) is { } other)
                yield return OfAnother(service, other);
    }

    private static bool AsksCelery(HealthCheck health) => health.Test.Any(word => word.Contains("celery", StringComparison.Ordinal));

    // A file can be touched by any program; what Celery alone answers never comes.
    private static Finding OfAnother(ServiceSpec service, string other)
    {
        var role = service.Role.ToString().ToLowerInvariant();
        var file = service.Health!.Test.Select(word => Heartbeat().Match(word)).FirstOrDefault(match => match.Success)?.Value;
        return file is null
            ? Rule.Error(
                service.Name,
                $"its probe asks Celery, and '{other}' is no part of it, so it never gets healthy.",
                $"Take the probe that looks at a file (infra:services.{service.Name}.ask: heartbeat), and let '{other}' "
                    + "touch that file while it works.",
                "celery"
            )
            : Rule.Warning(
                service.Name,
                $"its probe looks at a file that Celery's own signals touch, and '{other}' is no part of Celery: "
                    + $"unless it touches {file} itself, it never gets healthy.",
                $"Let it touch the file at least every 20 s while it works, in a class of your own derived from its {role}.",
                "heartbeat"
            );
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

    [GeneratedRegex(@"/tmp/celery[\w-]*heartbeat")]
    private static partial Regex Heartbeat();

    [GeneratedRegex(@"\bset\s+-\w*e|\bexit\s+[1-9$]")]
    private static partial Regex CanGiveUp();
}
