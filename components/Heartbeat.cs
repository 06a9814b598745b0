using Infra.Model;

namespace Infra.Components;

/// <summary>The probe of a process that touches a file as long as it does its work.</summary>
internal static class Heartbeat
{
    public static HealthCheck Probe(string file, TimeSpan age) =>
        HealthCheck.Shell($"test $(( $(date +%s) - $(stat -c %Y {file}) )) -lt {(int)age.TotalSeconds}") with
        {
            // The file's age has been patient already.
            Retries = 1,
        };
}
