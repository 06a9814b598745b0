using System.Globalization;

namespace Infra.Tests.EndToEnd;

/// <summary>The engine's own process on this machine, under systemd or by itself.</summary>
internal static class EngineProcess
{
    private const string PidFile = "/var/run/docker.pid";

    // It outlives this run, and must hold none of its locks.
    private const string CloseOthers = "for fd in /proc/$$/fd/*; do fd=${fd##*/}; if ((fd > 2)); then exec {fd}>&-; fi; done";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Restarts the engine, as an upgrade or a reboot does: every container is stopped, and starts by its restart policy.</summary>
    public static async Task RestartAsync()
    {
        if (Directory.Exists("/run/systemd/system")) await AsRootAsync("systemctl", "restart", "docker");
        else await RestartByHandAsync();
        await Eventually.SeesAsync("the engine's answer", Patience, () => Engine.TryAsync("version"), result => result.ExitCode == 0);
    }

    private static async Task RestartByHandAsync()
    {
        var pid = int.Parse(await File.ReadAllTextAsync(PidFile), CultureInfo.InvariantCulture);
        var command = (await File.ReadAllTextAsync($"/proc/{pid}/cmdline")).TrimEnd('\0').Split('\0');
        await AsRootAsync("kill", "-TERM", $"{pid}");
        await Eventually.SeesAsync("the engine's end", Patience, () => Task.FromResult(Directory.Exists($"/proc/{pid}")), runs => !runs);
        await AsRootAsync(["bash", "-c", $"{CloseOthers}; setsid nohup \"$@\" >>/var/log/dockerd.log 2>&1 </dev/null &", "bash", .. command]);
    }

    public static async Task AsRootAsync(params string[] arguments)
    {
        string[] all = Environment.IsPrivilegedProcess ? arguments : ["sudo", "-n", .. arguments];
        CommandResult result = await Program.RunAsync(all[0], all[1..]);
        result.ExitCode.Should().Be(0, $"'{string.Join(' ', all)}' must work:\n{result.Error}");
    }
}
