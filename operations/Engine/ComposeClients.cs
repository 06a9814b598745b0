using System.Diagnostics;
using System.Globalization;
using Infra.Model;

namespace Infra.Operations.Engine;

/// <summary>
/// Compose's clients on this machine that change a stack. One whose command was killed continues its work, and another beside it
/// would remove and make the same containers. Seen on Linux alone, from <c>/proc</c>.
/// </summary>
public static class ComposeClients
{
    // The others read, follow, or run beside the existing containers.
    private static readonly string[] Changing = ["up", "create", "start", "restart", "stop", "rm", "down"];

    /// <summary>
    /// Waits for their end. Only for a holder of the stack's lock.
    /// Then whatever still works on the stack was left behind by a killed command, or was started by hand.
    /// </summary>
    public static async Task WaitAsync(Naming naming, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var id in Find(naming))
        {
            try
            {
                using var client = Process.GetProcessById(id);
                await output.WriteLineAsync($"{naming.Name}: A command that ended left Compose running (pid {id}); waiting for it to end.");
                await client.WaitForExitAsync(cancellationToken);
            }
            catch (ArgumentException)
            {
                // It has ended meanwhile.
            }
        }
    }

    private static int[] Find(Naming naming) => !OperatingSystem.IsLinux() ? [] :
    [
        .. Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder))
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _) && Changes(ArgumentsOf(name), naming.Name))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture)),
    ];

    // docker compose … --project-name shop-dev … up …
    private static bool Changes(string[] arguments, string project)
        => arguments.Contains("compose") && arguments.SkipWhile(argument => argument != "--project-name").Skip(1).ToArray() is [var name, .. var rest]
            && name == project && rest.Any(Changing.Contains);

    private static string[] ArgumentsOf(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
