using System.Runtime.InteropServices;

namespace Infra.Tests.Support;

/// <summary>Reads files as an unprivileged user, which tests that run as root are not.</summary>
internal static class OtherUser
{
    private const uint Nobody = 65534;

    /// <summary>Runs it on this thread as another user, where the tests run as root; as who they are elsewhere.</summary>
    public static void Run(Action action)
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux())
        {
            action();
            return;
        }

        var before = SetFileSystemUser(Nobody);
        try
        {
            action();
        }
        finally
        {
            _ = SetFileSystemUser((uint)before);
        }
    }

    // Of the thread alone, and with it go root's rights over files.
    [DllImport("libc", EntryPoint = "setfsuid"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFileSystemUser(uint user);
}
