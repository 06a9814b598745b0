using System.Globalization;
using Infra.Model;

namespace Infra.Components;

/// <summary>The probe of a process that touches a file as long as it does its work.</summary>
internal static class Heartbeat
{
    public static HealthCheck Probe(string file, TimeSpan age, bool hasShell)
    {
        var most = ((int)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        // A shell costs a third of what Python does, but not every image has one.
        var check = hasShell
            ? HealthCheck.Shell($"test $(( $(date +%s) - $(stat -c %Y {file}) )) -lt {most}")
            : HealthCheck.Exec("python3", "-IS", "-c", $"import os, sys, time; sys.exit(time.time() - os.stat('{file}').st_mtime >= {most})");
        // The file's age has been patient already.
        return check with { Retries = 1 };
    }
}
