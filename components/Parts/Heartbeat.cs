using System.Globalization;
using Infra.Model;

namespace Infra.Components.Parts;

/// <summary>The probe of a process that touches a file as long as it does its work.</summary>
public static class Heartbeat
{
    /// <summary>The probe of such a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="age">How old it may be.</param>
    /// <param name="hasShell">Whether the image has a shell.</param>
    /// <param name="otherwise">The setting for an application that touches none.</param>
    public static HealthCheck Probe(string file, TimeSpan age, bool hasShell, string otherwise)
    {
        var most = ((int)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        // A shell costs a third of what Python does, but not every image has one.
        var check = hasShell
            ? HealthCheck.Shell(
                $"at=$(stat -c %Y {file}) || {{ echo 'Touch it, or set {otherwise}.'; exit 1; }}; test $(( $(date +%s) - at )) -lt {most}"
            )
            : HealthCheck.Exec("python3", "-IS", "-c", $"import os, sys, time; sys.exit(time.time() - os.stat('{file}').st_mtime >= {most})");
        // The file's age has been patient already.
        return check with { Retries = 1 };
    }
}
