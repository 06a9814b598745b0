using System.IO.Compression;
using Infra.Backups;
using Infra.Model;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.CommandLines;

/// <summary>The application's own volumes, which no service can be asked for.</summary>
public sealed class VolumeBackupTests : IDisposable
{
    private static readonly VolumeMount Uploads = new(new Volume("uploads"), "/app/uploads");

    private readonly TemporaryRoot root = new();
    private readonly StringWriter output = new();
    private readonly FakeShell shell = FakeShell.WithEngine().Running(Standing.Container("web"), Standing.Container("worker"), Standing.Container("beat"))
        .On("docker cp", "ARCHIVE").On("docker stop").On("docker start").On("docker run");

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task A_volume_that_several_mount_is_copied_once_by_the_engine_and_zipped()
    {
        var backup = await BackupAsync();

        shell.Changes.Should().Equal("docker cp --archive id-web:/app/uploads/. -");
        var part = backup.Manifest.Parts.Should().ContainSingle().Subject;
        (part.Name, part.File).Should().Be(("uploads", "volume-uploads.tar.gz"));
        await using var unzipped = new GZipStream(File.OpenRead(backup.FileOf(part)), CompressionMode.Decompress);
        (await new StreamReader(unzipped).ReadToEndAsync()).Should().Be("ARCHIVE");
        if (!OperatingSystem.IsWindows()) Modes.Of(backup.FileOf(part)).Should().Be("600");
    }

    [Fact]
    public void What_is_made_anew_from_the_code_or_holds_no_state_is_left_out()
    {
        var cache = new VolumeMount(new Volume("cache", HoldsState: false), "/app/cache");
        var beat = Specs.Beat() with { Mounts = [new VolumeMount(new Volume("beat"), "/beat")], StatePaths = ["/beat"] };

        BackupPart.From(SmallStack.Dev(SmallStack.Web with { Mounts = [Uploads, cache] }, beat).Topology).Select(part => part.Name).Should().Equal("uploads");
    }

    [Fact]
    public async Task A_volume_that_cannot_be_copied_leaves_nothing_that_looks_like_a_backup()
    {
        shell.On("docker cp", exitCode: 1, error: "no such path");

        var taking = BackupAsync;

        (await taking.Should().ThrowAsync<Cli.CliException>()).Which.Message.Should().Be("uploads: It was not dumped: no such path. No backup was made.");
        Directory.GetFileSystemEntries(root.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task A_restore_stops_each_that_mounts_the_volume_and_fills_it_as_the_services_user()
    {
        var backup = await BackupAsync();
        var before = shell.Changes.Count();

        await RestoreAsync(backup);

        var lines = shell.Changes.Skip(before).ToArray();
        lines.Should().HaveCount(5);
        lines[..2].Should().Equal("docker stop -t 10 id-worker", "docker stop -t 10 id-web");
        lines[2].Should().StartWith("docker run --rm --interactive --network none --volumes-from id-web --label infra.stack=shop-dev "
            + "--cap-drop ALL --security-opt no-new-privileges --user 1000 --entrypoint sh sha256:web -c set -eu; ").And.EndWith(" restore /app/uploads");
        lines[3..].Should().Equal("docker start id-web", "docker start id-worker");
        shell.Inputs.Should().ContainSingle().Which.Value.Should().Be("ARCHIVE");
        output.ToString().Should().Contain("uploads: restored.\n");
    }

    [Fact]
    public async Task What_was_stopped_runs_again_when_the_volume_cannot_be_filled()
    {
        var backup = await BackupAsync();
        shell.On("docker run", exitCode: 2, error: "tar: Unexpected EOF in archive");

        var restoring = () => RestoreAsync(backup);

        (await restoring.Should().ThrowAsync<Cli.CliException>()).Which.Message.Should().Be("uploads: It was not restored: tar: Unexpected EOF in archive. Its data are as they were.");
        shell.Changes.TakeLast(2).Should().Equal("docker start id-web", "docker start id-worker");
    }

    [UnixFact]
    public async Task Filling_puts_all_that_was_there_in_the_place_of_all_that_is()
    {
        Write("then/a label of 1.txt", "signed", "664");
        Write("then/.hidden/of a customer/$(x) 'y'", "deep", "600");
        Write("now/.later", "later", "644");
        Write("now/a label of 1.txt", "spoilt", "600");

        (await FillAsync("tar -c -C \"$THEN\" -f - .")).ExitCode.Should().Be(0);

        Tree("now").Should().Equal(Tree("then")).And.HaveCount(2);
    }

    [UnixFact]
    public async Task Filling_from_an_archive_that_is_cut_off_leaves_what_was_there()
    {
        Write("then/a", new string('x', 100_000), "644");
        Write("now/b", "kept", "600");
        var before = Tree("now");

        (await FillAsync("tar -c -C \"$THEN\" -f - . | head -c 50000")).ExitCode.Should().NotBe(0);

        Tree("now").Should().Equal(before);
    }

    private static Topology Topology { get; } =
        SmallStack.Dev(SmallStack.Web with { Mounts = [Uploads], User = "1000" }, Specs.Worker() with { Mounts = [Uploads] }, Specs.Beat()).Topology;

    private Task<BackupFolder> BackupAsync()
        => new BackupCommand(shell, output, () => DateTimeOffset.UnixEpoch).RunAsync(Topology, BackupPart.From(Topology), root.Path, default);

    private async Task RestoreAsync(BackupFolder backup)
    {
        var command = new RestoreCommand(shell, Topology, output);
        await command.RunAsync(await command.PlanAsync(backup, null, default), default);
    }

    // The very words that a container would be given, on folders of this machine.
    private async Task<Command> FillAsync(string archive)
    {
        using var elsewhere = new TemporaryRoot();
        var backup = await new BackupCommand(shell, output, () => DateTimeOffset.UnixEpoch).RunAsync(Topology, BackupPart.From(Topology), elsewhere.Path, default);
        await RestoreAsync(backup);
        var words = shell.Changes.Single(line => line.StartsWith("docker run", StringComparison.Ordinal)).Split(" -c ", 2)[1];
        return await Command.RunAsync("sh", ["-c", $"umask 077; {archive} | sh -c \"$FILL\" restore \"$NOW\""], new Dictionary<string, string?>
        {
            ["FILL"] = words[..words.LastIndexOf(" restore ", StringComparison.Ordinal)],
            ["THEN"] = Path.Combine(root.Path, "then"),
            ["NOW"] = Path.Combine(root.Path, "now"),
        });
    }

    private void Write(string file, string text, string mode)
    {
        var path = Path.Combine(root.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        Modes.Set(path, mode);
    }

    private string[] Tree(string folder) => [.. Directory.GetFiles(Path.Combine(root.Path, folder), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Select(file => $"{Path.GetRelativePath(Path.Combine(root.Path, folder), file)} {Modes.Of(file)} {File.ReadAllText(file)}").Order(StringComparer.Ordinal)];
}
