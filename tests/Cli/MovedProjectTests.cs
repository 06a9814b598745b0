using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Backups;
using Infra.Operations.Project;
using Infra.Tests.Operations;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>A project that was moved and not brought up since: its containers run on, and none of them could be started once more.</summary>
public sealed class MovedProjectTests : HealTest
{
    private const string Before = "/srv/before-it-was-moved";
    private const string Moment = "20250102T000000Z";
    private static readonly VolumeMount Uploads = new(new Volume("uploads"), "/app/uploads");

    private static string Gone(string service) =>
        $"{service}: It mounts {Before}/app/src, which is gone: was the project moved? Once it ends it cannot be started again. "
        + "'./infra.sh up dev' recreates it with what is there now.";

    [Theory]
    [InlineData("compose", "running")]
    [InlineData("compose", "exited")]
    [InlineData("pulumi", "running")]
    [InlineData("pulumi", "exited")]
    public async Task The_healer_says_once_that_only_up_helps_and_restarts_nothing(string engine, string status)
    {
        Engine.Running(Moved("web", "unhealthy", status, engine));

        (await Healer(topology: Sources).OnceAsync(default)).Should().BeFalse();

        Engine.Changes.Should().BeEmpty();
        Lines.Should().ContainSingle().Which["detail"]!.GetValue<string>().Should().Be(Gone("web"));
        Lines[0]["action"]!.GetValue<string>().Should().Be("none");
    }

    [Fact]
    public async Task What_is_there_and_what_may_be_another_machines_is_no_reason_to_hold_back()
    {
        using var root = new TemporaryRoot();
        var web = Moved("web", "unhealthy", engine: "pulumi");
        web["Mounts"] = new JsonArray(Bind(root.Path, "/app/src"), Bind(Before + "/of/another/machine", "/data"));
        Engine.Running(web).On("docker restart", () =>
        {
            Engine.Running(FakeContainers.Container("web"));
            return new(0, "", "");
        });

        (await Healer(topology: Sources).OnceAsync(default)).Should().BeTrue();

        Engine.Changes.Should().ContainSingle().Which.Should().StartWith("docker restart ");
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("pulumi")]
    public async Task A_restart_is_refused_before_anything_ends(string engine)
    {
        using var run = new CommandLineRun(FakeShell.WithEngine().Running(Moved("web", engine: engine), FakeContainers.Container("worker")));

        (await run.RunAsync("restart", "dev")).Should().Be(2);

        run.Error.Should().Be($"{Gone("web")}\nNothing was restarted.\n");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("pulumi")]
    public async Task A_restore_is_refused_before_what_it_would_stop_is_touched(string engine)
    {
        using var run = new CommandLineRun(FakeShell.WithEngine().Running(FakeContainers.All()).Dumping());
        (await run.RunAsync("backup", "dev")).Should().Be(0, run.Error);
        run.Shell.Running([
            .. FakeContainers.All().Where(container => container["Id"]!.GetValue<string>() != "id-web"),
            Moved("web", engine: engine),
        ]);
        var before = run.Shell.Changes.Count();

        (await run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(2);

        run.Error.Should().Be($"{Gone("web")}\nNothing was changed.\n");
        run.Shell.Changes.Skip(before).Should().OnlyContain(line => line.EndsWith(" count"), "it has only counted");
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("pulumi")]
    public async Task A_volume_is_copied_from_a_container_that_has_it_alone(string engine)
    {
        using var root = new TemporaryRoot();
        var topology = SmallStack.Dev(SmallStack.Web with { Mounts = [Uploads, new BindMount("app/src", "/app/src")] }).Topology;
        var shell = FakeShell.WithEngine().Running(Moved("web", engine: engine)).On("docker image inspect", "sha256:web\n")
            .On("docker create", "id-beside\n").On("docker cp --archive id-beside:", Archive("./a", "a label")).On("docker rm");

        await new BackupCommand(shell, new StoppedNote(new Workspace(root.Path), "dev"), TextWriter.Null, () => DateTimeOffset.UnixEpoch)
            .RunAsync(topology, BackupPart.From(topology), Path.Combine(root.Path, "backups"), default);

        shell.Changes.Should().Equal(
            "docker create --pull never --network none --label infra.stack=shop-dev --volume shop-dev-uploads:/app/uploads:ro,nocopy sha256:web true",
            "docker cp --archive id-beside:/app/uploads/. -", "docker rm --force --volumes id-beside");
    }

    [Theory]
    [InlineData("restore", "prod", "service:" + Moment, "--yes")]
    [InlineData("backup", "prod", "--verify", "--from", "service:" + Moment)]
    public async Task A_backup_of_the_backup_service_is_read_by_its_own_tar_and_called_by_its_own_name(params string[] command)
    {
        var part = $$"""{"name":"postgres","file":"postgres.dump","image":"x","bytes":1,"sha256":"{{new string('0', 64)}}"}""";
        var manifest = $$"""{"stack":"shop-prod","taken":"2025-01-02T00:00:00Z","parts":[{{part}}]}""";
        using var run = new CommandLineRun(
            FakeShell
                .WithEngine()
                .Running([.. FakeContainers.All(), FakeContainers.Container("backup")])
                .Dumping()
                .On("docker exec id-backup", manifest + "\n")
                .On("docker exec id-backup tar -C ", Archive(Moment + "/manifest.json", manifest))
        );

        (await run.RunAsync(command)).Should().Be(1);

        run.Error.Should().StartWith($"service:{Moment}/postgres.dump: The file is missing.\n");
        run.Shell.Changes.Should().ContainMatch($"docker exec id-backup tar -C /* -c -f - {Moment}")
            .And.NotContain(line => line.StartsWith("docker cp"));
    }

    private static Topology Sources { get; } = new(Small.Naming, [SmallStack.Web with { Mounts = [new BindMount("app/src", "/app/src")] }]);

    private static JsonObject Moved(string service, string health = "healthy", string status = "running", string engine = "compose")
    {
        var container = FakeContainers.Container(service, health, status, engine);
        if (engine == "compose") container["Config"]!["Labels"]!["com.docker.compose.project.working_dir"] = Before;
        container["Mounts"] = new JsonArray(Bind(Before + "/app/src", "/app/src"));
        return container;
    }

    private static JsonObject Bind(string source, string target) => new() { ["Type"] = "bind", ["Source"] = source, ["Destination"] = target };

    private static string Archive(string name, string text)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
            tar.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(Encoding.ASCII.GetBytes(text)),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                }
            );
        return Encoding.ASCII.GetString(stream.ToArray());
    }
}
