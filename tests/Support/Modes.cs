using System.Diagnostics;

namespace Infra.Tests.Support;

/// <summary>The modes of files as <c>chmod</c> has them: <c>644</c>.</summary>
internal static class Modes
{
    public static string Of(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);

    public static void Set(string path, string mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
    }

    /// <summary>
    /// Makes a program of a file that this process has written. Another process writes it anew: whatever any test starts at the moment
    /// in which a file is open for writing here has it open, too, until it has become its own program, and the kernel starts no file that
    /// somebody has open for writing ("Text file busy").
    /// </summary>
    public static void MakeProgram(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        using var process = Process.Start("sh", ["-c", "cp \"$1\" \"$1.new\" && chmod 755 \"$1.new\" && mv \"$1.new\" \"$1\"", "sh", path]);
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }
}
