using System.Globalization;

namespace Infra.Tests.EndToEnd;

/// <summary>
/// Another engine on this machine, with containerd's image store, which Engine 29 has by default: in a network namespace of its own, so
/// that it touches none of the first one's rules and bridges. Gone with all that it made.
/// </summary>
internal sealed class SecondEngine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly string folder = Directory.CreateTempSubdirectory("infratest-engine-").FullName;

    /// <summary>Why there can be none here; nothing where there can.</summary>
    public static string? Absence =>
        !Environment.IsPrivilegedProcess ? "Only root can start a second engine."
        : new[] { "dockerd", "unshare", "ip" }.FirstOrDefault(program => !IsThere(program)) is { } missing ? $"There is no {missing} on this machine."
        : null;

    public string Address => $"unix://{folder}/docker.sock";

    public static async Task<SecondEngine> StartAsync()
    {
        var engine = new SecondEngine();
        await File.WriteAllTextAsync($"{engine.folder}/daemon.json", """{ "features": { "containerd-snapshotter": true } }""");
        string[] arguments =
        [
            "--config-file",
            "daemon.json",
            "--data-root",
            "data",
            "--exec-root",
            "exec",
            "--pidfile",
            "pid",
            "--host",
            "unix://docker.sock",
        ];
        var command = string.Join(
            ' ',
            arguments.Select(word =>
                word.StartsWith("--", StringComparison.Ordinal) ? word
                : word.StartsWith("unix://", StringComparison.Ordinal) ? engine.Address
                : $"{engine.folder}/{word}"
            )
        );
        await EngineProcess.AsRootAsync(
            "sh",
            "-c",
            $"setsid nohup unshare --net -- sh -c 'ip link set lo up; exec dockerd {command}' >{engine.folder}/log 2>&1 </dev/null &"
        );
        await Eventually.SeesAsync(
            "the second engine's answer",
            Patience,
            () => engine.AskAsync("version"),
            result => result.ExitCode == 0,
            () => File.ReadAllTextAsync($"{engine.folder}/log")
        );
        return engine;
    }

    public Task<CommandResult> AskAsync(params string[] arguments) => Program.RunAsync("docker", ["--host", Address, .. arguments]);

    /// <summary>Gives it images of the first one: it reaches nothing outside.</summary>
    public async Task LoadAsync(params string[] images)
    {
        CommandResult result = await Program.RunAsync(
            "sh",
            ["-c", "address=$1; shift; docker save \"$@\" | docker --host \"$address\" load --quiet", "sh", Address, .. images]
        );
        result.ExitCode.Should().Be(0, result.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        var pid = int.Parse(await File.ReadAllTextAsync($"{folder}/pid"), CultureInfo.InvariantCulture);
        await EngineProcess.AsRootAsync("kill", "-TERM", $"{pid}");
        await Eventually.SeesAsync("the second engine's end", Patience, () => Task.FromResult(Directory.Exists($"/proc/{pid}")), runs => !runs);
        await EngineProcess.AsRootAsync("sh", "-c", $"grep -o '{folder}[^ ]*' /proc/mounts | sort -r | xargs -r umount -l; rm -rf {folder}");
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Concat(["/usr/sbin", "/sbin"])
            .Any(place => File.Exists(Path.Combine(place, program)));
}
