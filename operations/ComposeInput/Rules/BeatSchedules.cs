using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>Celery's beat remembers in a file what it sent last.</summary>
internal static partial class BeatSchedules
{
    public static ComposeRule Rule { get; } = new("PERSISTENT-STATE", Severity.Warning, "A beat's schedule outlives its container", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Topology.Services
        where service.Role == ServiceRole.Beat
        let command = string.Join(' ', service.Command)
        where Beat().IsMatch(command) && !Elsewhere().IsMatch(command)
        where !service.Mounts.Any(mount => mount is VolumeMount or BindMount)
        select Rule.Warning(
            service.Name,
            "command",
            "the file in which it keeps when it sent what lies in the container: a new one does not know what is due.",
            "Write '--schedule' with a path on a named volume, or use a scheduler that keeps it in the database."
        );

    [GeneratedRegex(@"\bcelery\b.*\sbeat\b")]
    private static partial Regex Beat();

    // PersistentScheduler is the usual one, with the file.
    [GeneratedRegex(@"\s(-S|--scheduler)[\s=]+(?!\S*PersistentScheduler)")]
    private static partial Regex Elsewhere();
}
