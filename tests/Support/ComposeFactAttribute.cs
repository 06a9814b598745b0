using System.ComponentModel;
using System.Diagnostics;

namespace Infra.Tests.Support;

/// <summary>A fact that needs Docker's Compose plugin, though no engine; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ComposeFactAttribute : FactAttribute
{
    private static readonly Version Needed = new(2, 26);
    private static readonly Lazy<string?> Missing = new(Probe);

    public ComposeFactAttribute() => Skip = Missing.Value;

    private static string? Probe()
    {
        try
        {
            var run = DockerCompose.Run("version", "--short");
            var digits = string.Concat(run.Output.Trim().TrimStart('v').TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.'));
            if (run.ExitCode != 0 || !Version.TryParse(digits, out var version)) return "There is no Docker Compose plugin on this machine.";
            return version >= Needed ? null : $"Docker Compose {version} is older than {Needed}.";
        }
        catch (Win32Exception)
        {
            return "There is no docker on this machine.";
        }
    }
}

/// <summary>Runs <c>docker compose</c>.</summary>
internal static class DockerCompose
{
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("docker", ["compose", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
