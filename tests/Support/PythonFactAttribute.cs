using System.ComponentModel;
using System.Diagnostics;

namespace Infra.Tests.Support;

/// <summary>A fact that runs one of our Python programs; skipped, with the reason, where there is no Python.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(Probe);

    public PythonFactAttribute() => Skip = Missing.Value;

    private static string? Probe()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["--version"]) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "The python3 of this machine does not work.";
        }
        catch (Win32Exception)
        {
            return "There is no python3 on this machine.";
        }
    }
}
