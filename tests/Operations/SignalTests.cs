using System.Text.Json.Nodes;
using Infra.Operations.Engine;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>What a program that runs on this terminal learns of a wish to end.</summary>
public sealed class SignalTests : IDisposable
{
    // Ends with 7 when it is asked to, with 9 a second after Ctrl-C, and by itself after some time.
    private const string Patient =
        "trap 'exit 7' TERM; trap 'left=10 code=9' INT; left=100 code=0; : >ready; "
        + "while [ $left -gt 0 ]; do sleep 0.1; left=$((left-1)); done; exit $code";

    // What runs in the background ignores Ctrl-C from its birth, and a shell cannot trap what it ignores.
    private const string Default = "reset='env --default-signal=INT'; $reset true 2>/dev/null || reset=; exec $reset";

    private readonly TemporaryRoot root = new();

    public void Dispose() => root.Dispose();

    [UnixFact]
    public async Task One_that_is_attached_is_told_when_it_is_cancelled_and_waited_for()
    {
        using var cancellationToken = new CancellationTokenSource();
        var running = new Shell(root.Path).AttachAsync("sh", ["-c", Patient], cancellationToken.Token);
        while (!File.Exists(Path.Combine(root.Path, "ready"))) await Task.Delay(20, CancellationToken.None);

        await cancellationToken.CancelAsync();

        (await running).Should().Be(7);
    }

    [UnixFact]
    public async Task The_command_of_exec_is_told_of_SIGTERM() =>
        (await RunAsync("kill -TERM $(cat pid)", "exec dev web -- true")).ExitCode.Should().Be(7);

    [UnixFact]
    public async Task The_command_of_exec_is_not_told_twice_of_Ctrl_C() =>
        (await RunAsync("kill -INT $(cat pid) $(cat child)", "exec dev web -- true")).ExitCode.Should().Be(9);

    [UnixFact]
    public async Task The_container_of_run_is_stopped()
    {
        (await RunAsync("kill -TERM $(cat pid)", "run dev -- true")).ExitCode.Should().Be(7);

        (await File.ReadAllTextAsync(Path.Combine(root.Path, "stopped"))).Should().MatchRegex(@"^stop shop-dev-run-\d+\n$");
    }

    // The command line in a process of its own, with a client that has one container.
    private async Task<Command> RunAsync(string signal, string arguments)
    {
        var inspected = new JsonArray(FakeContainers.Container("web")).ToJsonString();
        Write("Pulumi.yaml", "name: shop\nruntime: dotnet\n");
        Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:services: { web: { command: serve } }\n");
        Directory.CreateDirectory(Path.Combine(root.Path, ".infra/dev"));
        Write(".infra/dev/compose.yaml", "services: {}\n");
        Write(
            "docker",
            $"#!/bin/sh\ncase $1 in\n  ps) echo id-web ;;\n  inspect) printf '%s' '{inspected}' ;;\n"
                + $"  stop) echo $* >stopped ;;\n  exec | compose) echo $$ >child; {Patient} ;;\nesac\n"
        );
        Modes.MakeProgram(Path.Combine(root.Path, "docker"));
        // A shell has what it starts in the background ignore Ctrl-C: here, the one that signals is there.
        var script =
            $"cd '{root.Path}'; (left=200; until [ -e ready ] || [ $left = 0 ]; do sleep 0.05; left=$((left-1)); done; "
            + $"{signal}) >/dev/null 2>&1 & echo $$ >pid; {Default} dotnet '{typeof(PulumiProgram).Assembly.Location}' {arguments}";
        return await Command.RunAsync(
            "sh",
            ["-c", script],
            new Dictionary<string, string?>
            {
                ["PATH"] = $"{root.Path}:{Environment.GetEnvironmentVariable("PATH")}",
                ["INFRA_ROOT"] = root.Path,
                ["DOCKER_HOST"] = null,
            }
        );
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(root.Path, file), text);
}
