namespace Infra.Operations.Foundation;

/// <summary>A write for which there was no room.</summary>
public static class DiskFull
{
    private const int NoSpace = 28, QuotaOnLinux = 122, QuotaOnMac = 69, WindowsDiskFull = unchecked((int)0x80070070);

    public static bool Is(IOException error) => error.HResult is NoSpace or QuotaOnLinux or QuotaOnMac or WindowsDiskFull;

    /// <summary>What happened, and what to do.</summary>
    public static string Sentence(IOException error) =>
        $"The disk is full: {error.Message.TrimEnd('.')}. What was done stays. "
        + "Free some space ('docker system df' shows what the engine uses), and run the same command again.";
}
