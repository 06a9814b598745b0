using System.Diagnostics;

namespace Infra.Tests.Support;

/// <summary>A test that needs <c>docker buildx</c>, and no engine; skipped where it is not there.</summary>
internal sealed class BuildxFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsThere = new(Probe);

    public BuildxFactAttribute()
    {
        if (!IsThere.Value) Skip = "There is no docker buildx here.";
    }

    private static bool Probe()
    {
        try
        {
            using var buildx = Process.Start(
                new ProcessStartInfo("docker", ["buildx", "version"]) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            buildx.WaitForExit();
            return buildx.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
