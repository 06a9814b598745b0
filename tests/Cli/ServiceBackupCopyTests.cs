using System.Formats.Tar;
using System.Text;
using Infra.Operations.Backups;
using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>What is restored from the backup service is copied here for as long as it takes, and no longer.</summary>
public sealed class ServiceBackupCopyTests : IDisposable
{
    private const string Name = "20250102T000000Z";
    private const string Dump = "DUMP";
    private const string Copy = "docker exec id-backup tar";

    private readonly CommandLineRun run = new(
        FakeShell.WithEngine().Running([.. FakeContainers.All(), FakeContainers.Container("backup")]).Dumping()
    );

    public ServiceBackupCopyTests() => run.Shell.On("docker exec id-backup", Written(Dump) + "\n").On(Copy, Archive(Dump));

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task It_is_restored_from_a_copy_that_is_gone_afterwards()
    {
        (await RestoreAsync()).Should().Be(0, run.Error);

        run.Shell.Inputs.Values.Should().Contain(Dump);
        Left.Should().BeEmpty();
    }

    [Fact]
    public async Task A_copy_of_a_restore_that_was_killed_is_removed_by_the_next()
    {
        run.Write("backups/prod/.20250101T000000Z.2147483647/20250102T000000Z/postgres.dump", "rows that nobody else may read");

        (await RestoreAsync()).Should().Be(0, run.Error);

        Left.Should().BeEmpty();
    }

    [Fact]
    public async Task A_copy_of_a_restore_that_was_killed_is_removed_by_the_next_backup_too()
    {
        run.Write("backups/prod/.20250101T000000Z.2147483647/20250102T000000Z/postgres.dump", "rows that nobody else may read");

        (await run.RunAsync("backup", "prod", "postgres")).Should().Be(0, run.Error);

        run.Error.Should()
            .Contain($"{run.PathOf("backups/prod/.20250101T000000Z.2147483647")}: removed; it was left over from a backup that was killed.\n");
        Left.Should().ContainSingle("the backup is all there is").Which.Should().NotStartWith(".");
    }

    [Fact]
    public async Task A_copy_that_the_engine_does_not_finish_is_restored_from_by_nobody()
    {
        run.Shell.On(Copy, () => new ShellResult(1, Archive(Dump), "unexpected EOF"));

        (await RestoreAsync()).Should().Be(1);

        run.Error.Should().Be($"service:{Name}: It was not copied: unexpected EOF.\n");
        Untouched();
    }

    [Fact]
    public async Task A_copy_that_is_not_what_was_dumped_is_restored_from_by_nobody()
    {
        run.Shell.On(Copy, Archive("DUM"));

        (await RestoreAsync()).Should().Be(1);

        run.Error.Should().Contain("postgres.dump: It has 3 bytes, and was written with 4.");
        Untouched();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    public async Task A_copy_that_is_cut_off_is_restored_from_by_nobody(int length)
    {
        run.Shell.On(Copy, Archive(Dump)[..length]);

        (await RestoreAsync()).Should().Be(1);

        run.Error.Should().StartWith($"service:{Name}: What was copied is not a ");
        Untouched();
    }

    [Fact]
    public async Task A_copy_without_its_manifest_is_no_backup()
    {
        run.Shell.On(Copy, Archive(Dump, withManifest: false));

        (await RestoreAsync()).Should().Be(1);

        run.Error.Should().Be($"service:{Name}: What was copied is not a backup.\n");
        Untouched();
    }

    private string[] Left => [.. Directory.GetFileSystemEntries(run.PathOf("backups/prod")).Select(path => Path.GetFileName(path))];

    private Task<int> RestoreAsync() => run.RunAsync("restore", "prod", "service:" + Name, "--yes");

    private void Untouched()
    {
        run.Shell.Changes.Should().NotContain(line => line.StartsWith("docker stop") || line.EndsWith(" prepare") || line.EndsWith(" commit"));
        Left.Should().BeEmpty();
    }

    private static string Written(string dump)
        => $$"""{"stack":"shop-prod","taken":"2025-01-02T00:00:00Z","parts":[{{Part(dump)}}]}""";

    private static string Part(string dump)
        => $$"""{"name":"postgres","file":"postgres.dump","image":"x","bytes":{{dump.Length}},"sha256":"{{Digest(dump)}}"}""";

    private static string Digest(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // All of it is ASCII. The manifest speaks of the dump as it was written.
    private static string Archive(string dump, bool withManifest = true)
    {
        using var written = new MemoryStream();
        using (var archive = new TarWriter(written, leaveOpen: true))
        {
            Add(archive, "postgres.dump", dump);
            if (withManifest) Add(archive, Manifest.FileName, Written(Dump));
        }

        return Encoding.UTF8.GetString(written.ToArray());
    }

    private static void Add(TarWriter archive, string name, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{Name}/{name}") { DataStream = content });
    }
}
