using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Infra.Model;
using Infra.Operations.Backups;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>The application's own volumes, which no service can be asked for.</summary>
public sealed class VolumeBackupTests : IDisposable
{
    private static readonly VolumeMount Uploads = new(new Volume("uploads"), "/app/uploads");

    private readonly TemporaryRoot root = new();
    private readonly TemporaryRoot project = new();
    private readonly StringWriter output = new();
    private readonly FakeShell shell = FakeShell
        .WithEngine()
        .Running(FakeContainers.Container("web"), FakeContainers.Container("worker"), FakeContainers.Container("beat"))
        .On("docker cp", Archive())
        .On("docker stop")
        .On("docker start")
        .On("docker run")
        .On("docker image inspect", "sha256:x\n");

    public void Dispose()
    {
        root.Dispose();
        project.Dispose();
    }

    [Fact]
    public async Task A_volume_that_several_mount_is_copied_once_by_the_engine_and_zipped()
    {
        var backup = await BackupAsync();

        shell.Changes.Should().Equal("docker cp --archive id-web:/app/uploads/. -");
        var part = backup.Manifest.Parts.Should().ContainSingle().Subject;
        (part.Name, part.File).Should().Be(("uploads", "volume-uploads.tar.gz"));
        await using var unzipped = new GZipStream(File.OpenRead(backup.FileOf(part)), CompressionMode.Decompress);
        (await new StreamReader(unzipped).ReadToEndAsync()).Should().Be(Archive());
        if (!OperatingSystem.IsWindows()) Modes.Of(backup.FileOf(part)).Should().Be("600");
    }

    [Fact]
    public void What_says_why_or_holds_no_state_is_left_out()
    {
        var cache = new VolumeMount(new Volume("cache", HoldsState: false), "/app/cache");
        var beat = Specs.Beat() with { Mounts = [new VolumeMount(new Volume("beat") { LeftOut = "recreated" }, "/beat")], StatePaths = ["/beat"] };

        BackupPart
            .From(SmallStack.Dev(SmallStack.Web with { Mounts = [Uploads, cache] }, beat).Topology)
            .Select(part => part.Name)
            .Should()
            .Equal("uploads");
    }

    [Fact]
    public async Task A_store_that_has_no_dump_is_frozen_while_its_files_are_copied_and_runs_on_when_that_fails()
    {
        var chroma = SmallStack.Dev(Infra.Components.Chroma.Describe("chromadb", new())).Topology;
        shell
            .Running(FakeContainers.Container("chromadb"))
            .On("docker pause")
            .On("docker unpause")
            .On("docker cp", exitCode: 1, error: "no space left");

        var taking = () =>
            new BackupCommand(shell, Note, output, () => DateTimeOffset.UnixEpoch).RunAsync(chroma, BackupPart.From(chroma), root.Path, default);

        await taking.Should().ThrowAsync<UserErrorException>();
        shell.Changes.Should().Equal("docker pause id-chromadb", "docker cp --archive id-chromadb:/data/. -", "docker unpause id-chromadb");
        Note.Read().Should().BeEmpty();
    }

    [Fact]
    public async Task A_store_that_does_not_run_on_after_its_copy_is_told_and_noted()
    {
        var chroma = SmallStack.Dev(Infra.Components.Chroma.Describe("chromadb", new())).Topology;
        shell.Running(FakeContainers.Container("chromadb")).On("docker pause").On("docker unpause", exitCode: 1, error: "cannot thaw");

        var taking = () =>
            new BackupCommand(shell, Note, output, () => DateTimeOffset.UnixEpoch).RunAsync(chroma, BackupPart.From(chroma), root.Path, default);

        (await taking.Should().ThrowAsync<UserErrorException>()).Which.Message.Should().Contain("cannot thaw");
        Note.Read().Should().Equal("id-chromadb");
    }

    [Fact]
    public async Task A_store_whose_freezing_is_interrupted_runs_on()
    {
        var chroma = SmallStack.Dev(Infra.Components.Chroma.Describe("chromadb", new())).Topology;
        shell.Running(FakeContainers.Container("chromadb")).On("docker pause", () => throw new OperationCanceledException()).On("docker unpause");

        var taking = () =>
            new BackupCommand(shell, Note, output, () => DateTimeOffset.UnixEpoch).RunAsync(chroma, BackupPart.From(chroma), root.Path, default);

        await taking.Should().ThrowAsync<OperationCanceledException>();
        shell.Changes.Should().Equal("docker pause id-chromadb", "docker unpause id-chromadb");
    }

    [Fact]
    public async Task A_volume_that_cannot_be_copied_leaves_nothing_that_looks_like_a_backup()
    {
        shell.On("docker cp", exitCode: 1, error: "no such path");

        var taking = BackupAsync;

        (await taking.Should().ThrowAsync<UserErrorException>())
            .Which.Message.Should()
            .Be("uploads: It was not dumped: no such path. No backup was made.");
        Directory.GetFileSystemEntries(root.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task A_copy_that_is_cut_off_is_no_backup()
    {
        shell.On("docker cp", Archive()[..600]);

        var taking = BackupAsync;

        (await taking.Should().ThrowAsync<UserErrorException>())
            .Which.Message.Should()
            .Contain("volume-uploads.tar.gz: It is not a complete archive: ");
        Directory.GetFileSystemEntries(root.Path).Should().BeEmpty();
    }

    [Fact]
    public void A_volume_that_a_service_dumps_is_not_copied_as_well_whoever_mounts_it()
    {
        var data = new VolumeMount(new Volume("postgres"), "/data");
        var postgres = Infra.Components.Postgres.Describe("postgres", new() { Password = new("postgres-password") });

        BackupPart.From(SmallStack.Dev(postgres, SmallStack.Web with { Mounts = [Uploads, data] }).Topology).Select(part => part.File)
            .Should().Equal("postgres-roles.sql", "postgres.dump", "volume-uploads.tar.gz");
    }

    [Fact]
    public async Task A_restore_unpacks_beside_the_files_stops_each_that_mounts_the_volume_and_then_swaps_as_the_services_user()
    {
        var backup = await BackupAsync();
        var before = shell.Changes.Count();

        await RestoreAsync(backup);

        var lines = shell.Changes.Skip(before).ToArray();
        lines.Should().HaveCount(6);
        lines[0]
            .Should()
            .StartWith(
                "docker run --rm --interactive --name shop-dev-restore-uploads --pull never --network none "
                    + "--volume shop-dev-uploads:/app/uploads:nocopy --label infra.stack=shop-dev --cap-drop "
                    + "ALL --security-opt no-new-privileges --user 1000 --entrypoint sh sha256:web -c #!/bin/sh"
            )
            .And.EndWith(
                " volume-restore /app/uploads prepare "
                    + $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(Archive())))}"
            );
        lines[1..3].Should().Equal("docker stop -t 10 id-worker", "docker stop -t 10 id-web");
        lines[3].Should().StartWith("docker run --rm --name shop-dev-restore-uploads ").And.EndWith(" volume-restore /app/uploads commit");
        lines[4..].Should().Equal("docker start id-web", "docker start id-worker");
        shell.Inputs.Should().ContainSingle().Which.Value.Should().Be(Archive());
        output.ToString().Should().MatchRegex("uploads: restored, [0-9]+ bytes\\.\n");
    }

    [Fact]
    public async Task Nothing_is_stopped_for_an_archive_that_does_not_arrive()
    {
        var backup = await BackupAsync();
        shell.On("docker run --rm --interactive", exitCode: 1, error: "The archive did not arrive whole.");

        var restoring = () => RestoreAsync(backup);

        (await restoring.Should().ThrowAsync<UserErrorException>())
            .Which.Message.Should()
            .Be("uploads: It cannot be restored: The archive did not arrive whole. Nothing was changed.");
        shell.Changes.Should().NotContain(line => line.StartsWith("docker stop"));
    }

    // Of one file, as the engine writes it.
    private static string Archive()
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
            tar.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, "./a")
                {
                    DataStream = new MemoryStream("a label"u8.ToArray()),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                }
            );
        return Encoding.ASCII.GetString(stream.ToArray());
    }

    private static Topology Topology { get; } =
        SmallStack.Dev(SmallStack.Web with { Mounts = [Uploads], User = "1000" }, Specs.Worker() with { Mounts = [Uploads] }, Specs.Beat()).Topology;

    private StoppedNote Note => new(new Workspace(project.Path), "dev");

    private Task<BackupFolder> BackupAsync()
        => new BackupCommand(shell, Note, output, () => DateTimeOffset.UnixEpoch).RunAsync(Topology, BackupPart.From(Topology), root.Path, default);

    private async Task RestoreAsync(BackupFolder backup)
    {
        var command = new RestoreCommand(shell, Topology, Note, new(new Workspace(project.Path), "dev"), output);
        await command.RunAsync(await new RestorePlanner(shell, Topology).PlanAsync(backup, null, default), default);
    }
}
