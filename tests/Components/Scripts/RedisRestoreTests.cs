using Infra.Components.Programs;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Components.Scripts;

/// <summary>The script that puts a snapshot in the place of Redis' files, with a check that believes everything but "bad".</summary>
public sealed class RedisRestoreTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    public RedisRestoreTests()
    {
        Write("bin/redis-check-aof", "#!/bin/sh\n! grep -q bad \"$(dirname \"$1\")\"/*.rdb\n");
        Modes.MakeProgram(Path.Combine(root.Path, "bin/redis-check-aof"));
        Write("data/appendonlydir/old", "old");
    }

    public void Dispose() => root.Dispose();

    [UnixFact]
    public async Task A_snapshot_takes_the_place_of_the_files_once_the_server_is_stopped()
    {
        (await RunAsync("prepare", "new")).Should().Be(0);
        Files().Should().Contain("appendonlydir/old");
        (await RunAsync("commit")).Should().Be(0);

        Files().Should().Equal("appendonlydir/appendonly.aof.1.base.rdb", "appendonlydir/appendonly.aof.manifest");
    }

    [UnixFact]
    public async Task A_snapshot_is_on_the_disk_before_anything_is_moved_for_it()
    {
        Write("bin/sync", $"#!/bin/sh\ncp .restored/appendonly.aof.1.base.rdb \"{root.Path}/synced\"\n");
        Modes.MakeProgram(Path.Combine(root.Path, "bin/sync"));

        (await RunAsync("prepare", "new")).Should().Be(0);

        File.ReadAllText(Path.Combine(root.Path, "synced")).Should().Be("new");
    }

    [UnixFact]
    public async Task A_snapshot_that_is_not_whole_leaves_nothing()
    {
        (await RunAsync("prepare", "bad")).Should().NotBe(0);

        Files().Should().Equal("appendonlydir/old");
    }

    [UnixFact]
    public async Task The_only_copy_that_a_commit_which_was_cut_off_has_set_aside_is_put_back()
    {
        Directory.Move(Path.Combine(root.Path, "data/appendonlydir"), Path.Combine(root.Path, "data/.replaced"));
        Write("data/appendonlydir/empty", "of a server that found nothing");

        (await RunAsync("prepare", "bad")).Should().NotBe(0);
        Files().Should().Contain(".replaced/old", "the server may run, so its files stay where they are");

        (await RunAsync("undo")).Should().Be(0);
        Files().Should().Equal("appendonlydir/old");
    }

    [UnixFact]
    public async Task What_cannot_be_put_back_is_not_said_to_be_and_the_only_copy_stays()
    {
        Directory.Move(Path.Combine(root.Path, "data/appendonlydir"), Path.Combine(root.Path, "data/.replaced"));
        Write("data/appendonlydir/new", "new");
        Write("bin/mv", "#!/bin/sh\n[ \"$2\" != .removed ] || exit 1\nPATH=${PATH#*:} exec mv \"$@\"\n");
        Modes.MakeProgram(Path.Combine(root.Path, "bin/mv"));

        (await RunAsync("undo")).Should().Be(1);

        Files().Should().Equal(".replaced/old", "appendonlydir/new");
    }

    private async Task<int> RunAsync(string step, string snapshot = "") => (await Command.RunAsync(
        "sh", ["-c", "printf %s \"$SNAPSHOT\" | sh -c \"$SCRIPT\" redis-restore \"$DATA\" " + step], new Dictionary<string, string?>
        {
            ["SCRIPT"] = Script.Read("redis-restore"),
            ["SNAPSHOT"] = snapshot,
            ["DATA"] = Path.Combine(root.Path, "data"),
            ["PATH"] = $"{root.Path}/bin:{Environment.GetEnvironmentVariable("PATH")}",
        })).ExitCode;

    private void Write(string file, string text)
    {
        var path = Path.Combine(root.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string[] Files()
    {
        var data = Path.Combine(root.Path, "data");
        return [.. Directory.GetFiles(data, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(file => Path.GetRelativePath(data, file)).Order(StringComparer.Ordinal)];
    }
}
