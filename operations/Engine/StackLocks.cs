using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Infra.Model;
using Infra.Operations.Foundation;

namespace Infra.Operations.Engine;

/// <summary>
/// Keeps the commands apart that change one stack on one engine, whichever checkout or user of this machine they come from. What
/// another machine does to the same engine cannot be seen.
/// </summary>
/// <param name="folder">Where the locks are kept.</param>
public sealed class StackLocks(string folder)
{
    /// <summary>The variable that tells Pulumi's program which lock the command line that started it has.</summary>
    public const string HeldVariable = "INFRA_LOCK";

    private const int LongestName = 80;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The locks of this machine, in a folder that every user of it shares.</summary>
    public static StackLocks OfMachine { get; } = new(new[] { "/run/lock", "/tmp" }.FirstOrDefault(IsEverybodys) ?? Path.GetTempPath());

    /// <summary>The file that is locked for a stack on an engine.</summary>
    /// <param name="engine">The engine's address.</param>
    /// <param name="naming">The stack.</param>
    public string PathOf(string engine, Naming naming)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Resolved(engine)}\n{naming.Name}")))[..12];
        var name = naming.Name.Length > LongestName ? naming.Name[..LongestName] : naming.Name;
        return Path.Combine(folder, $"infra-{name}-{key}.lock");
    }

    /// <summary>Takes a stack's lock.</summary>
    /// <param name="path">The file that is locked.</param>
    /// <param name="naming">The stack.</param>
    /// <param name="command">The command that takes it, as the message of others names it.</param>
    /// <param name="isPatient">Whether another command is waited for.</param>
    /// <param name="log">Where it is said that a lock cannot be kept, or is waited for.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What lets the next one in; nothing where no lock can be kept.</returns>
    /// <exception cref="UserErrorException">Another command has it, and is not waited for.</exception>
    public static async Task<IDisposable?> TakeAsync(
        string path, Naming naming, string command, bool isPatient, TextWriter? log = null, CancellationToken cancellationToken = default)
    {
        var holder = string.Create(CultureInfo.InvariantCulture,
            $"{command} (pid {Environment.ProcessId}, user {Environment.UserName}) since {DateTimeOffset.UtcNow:u}");
        try
        {
            for (var isFirst = true; ; isFirst = false)
            {
                if (StackLock.TryTake(path, holder) is { } taken) return taken;
                var busy = $"{naming.Name}: Another command is changing it: {StackLock.HolderOf(path) ?? "which one is not known"}.";
                if (!isPatient)
                    throw UserErrorException.Failed(
                        $"{busy} Nothing was changed. Run it again when that has ended; with --wait, './infra.sh' waits for it."
                    );
                if (isFirst)
                    log?.WriteLine($"{busy} Waiting for it to end …");
                await Task.Delay(Pause, cancellationToken);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log?.WriteLine(
                $"warning LOCK {path}: The lock cannot be taken there: "
                    + $"{error.Message} Make sure yourself that no other command changes {naming.Name} meanwhile."
            );
            return null;
        }
    }

    // The socket of this machine's engine has two names, one by a link.
    private static string Resolved(string engine)
    {
        const string socket = "unix://";
        return engine.StartsWith(socket, StringComparison.Ordinal) ? socket + RealPath.Resolve(engine[socket.Length..]) : engine;
    }

    private static bool IsEverybodys(string path)
        => !OperatingSystem.IsWindows() && Directory.Exists(path) && File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherWrite);
}
