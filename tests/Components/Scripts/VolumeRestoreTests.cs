using Infra.Components.Programs;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Components.Scripts;

/// <summary>The script that puts an archive in the place of a volume's files, on folders of this machine.</summary>
public sealed class VolumeRestoreTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    public VolumeRestoreTests()
    {
        Write("then/a label of 1.txt", "signed", "664");
        Write("then/.hidden/of a customer/$(x) 'y'", "deep", "600");
        Write("now/.later", "later", "644");
        Write("now/a label of 1.txt", "spoilt", "600");
        Write("now/closed/x", "kept", "644");
        Modes.Set(Path.Combine(root.Path, "now/closed"), "555");
    }

    public void Dispose()
    {
        foreach (var folder in Directory.GetDirectories(root.Path, "closed", SearchOption.AllDirectories)) Modes.Set(folder, "755");
        root.Dispose();
    }

    [UnixFact]
    public async Task All_that_was_there_takes_the_place_of_all_that_is()
    {
        await StepAsync("prepare");
        Names().Should().Contain([".later", ".restored", "closed"], "nothing is touched yet");
        await StepAsync("commit");

        Tree("now").Should().Equal(Tree("then")).And.HaveCount(2);
        Names().Should().Equal(".hidden", "a label of 1.txt");
    }

    [UnixFact]
    public async Task Folders_that_nobody_may_write_to_come_and_go()
    {
        Write("then/closed/y", "new", "644");
        Modes.Set(Path.Combine(root.Path, "then/closed"), "555");

        await StepAsync("prepare");
        await StepAsync("commit");

        Tree("now").Should().Equal(Tree("then"));
        Modes.Of(Path.Combine(root.Path, "now/closed")).Should().Be("555");
    }

    // GNU tar ends with exit code 0 on an archive without its end marks.
    [UnixFact]
    public async Task An_archive_that_is_cut_off_anywhere_changes_nothing()
    {
        var before = Tree("now");

        foreach (var length in new[] { 0, 300, 512, 1024, 2500, 3072, 4096 })
        {
            (await RunAsync("prepare", $"head -c {length}")).ExitCode.Should().NotBe(0);
            Tree("now").Should().Equal(before);
        }

        Names().Should().NotContain(".restored");
    }

    [UnixFact]
    public async Task What_cannot_be_moved_puts_everything_back()
    {
        await StepAsync("prepare");
        var failing = Failing("exit 1", 2);

        (await RunAsync("commit", path: failing)).ExitCode.Should().NotBe(0);

        Names().Should().Contain([".later", "a label of 1.txt", "closed"]);
        File.ReadAllText(Path.Combine(root.Path, "now/a label of 1.txt")).Should().Be("spoilt");
        File.ReadAllText(Path.Combine(root.Path, "now/closed/x")).Should().Be("kept");
    }

    [UnixFact]
    public async Task A_commit_that_is_killed_after_any_of_its_moves_is_undone()
    {
        var before = Tree("now");
        for (var moves = 1; moves <= 5; moves++)
        {
            await StepAsync("prepare");
            Modes.Set(Path.Combine(root.Path, "now/closed"), "555");
            var killing = Failing("kill -9 0", moves);
            await RunAsync("commit", path: killing);

            await StepAsync("undo");

            Tree("now").Should().Equal(before, "it was killed at move {0}", moves);
            Names().Should().Equal(".later", "a label of 1.txt", "closed");
        }
    }

    [UnixFact]
    public async Task What_was_unpacked_is_on_the_disk_before_anything_is_moved_for_it()
    {
        Write("bin/sync", $"#!/bin/sh\ncp \"$NOW/.restored/a label of 1.txt\" \"{root.Path}/synced\"\n", "755");

        (await RunAsync("prepare", path: Path.Combine(root.Path, "bin"))).ExitCode.Should().Be(0);

        File.ReadAllText(Path.Combine(root.Path, "synced")).Should().Be("signed");
    }

    // Stands before mv on the PATH; the call of that number ends otherwise.
    private string Failing(string act, int call)
    {
        var folder = Path.Combine(root.Path, $"bin{call}");
        Write($"bin{call}/mv", $$"""
            #!/bin/sh
            echo x >>{{folder}}/calls
            [ "$(wc -l <{{folder}}/calls)" != {{call}} ] || { {{act}}; }
            PATH=${PATH#*:} exec mv "$@"
            """, "755");
        return folder;
    }

    private async Task StepAsync(string step) =>
        (await RunAsync(step)).Should().Match<Command>(command => command.ExitCode == 0, "the step '{0}' must work", step);

    private async Task<Command> RunAsync(string step, string through = "cat", string? path = null)
        => await Command.RunAsync("sh", ["-c", $$"""
            umask 077
            tar -c -C "$THEN" -f "$ROOT/archive" .
            {{through}} <"$ROOT/archive" | setsid -w sh -c "$SCRIPT" volume-restore "$NOW" {{step}} "$(sha256sum "$ROOT/archive" | cut -d ' ' -f 1)"
            """], new Dictionary<string, string?>
        {
            ["SCRIPT"] = Script.Read("volume-restore"),
            ["ROOT"] = root.Path,
            ["THEN"] = Path.Combine(root.Path, "then"),
            ["NOW"] = Path.Combine(root.Path, "now"),
            ["PATH"] = (path is null ? "" : path + ":") + Environment.GetEnvironmentVariable("PATH"),
        });

    private void Write(string file, string text, string mode)
    {
        var path = Path.Combine(root.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        Modes.Set(path, mode);
    }

    private string[] Names() =>
        [.. Directory.GetFileSystemEntries(Path.Combine(root.Path, "now")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private string[] Tree(string folder) =>
        [
            .. Directory
                .GetFiles(Path.Combine(root.Path, folder), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Select(file => $"{Path.GetRelativePath(Path.Combine(root.Path, folder), file)} {Modes.Of(file)} {File.ReadAllText(file)}")
                .Order(StringComparer.Ordinal),
        ];
}
