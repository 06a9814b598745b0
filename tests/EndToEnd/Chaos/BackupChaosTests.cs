using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>A backup or a restore that is killed or finds a full disk: there is the old state or the new one, and never one between.</summary>
[Trait("Category", "Long")]
public sealed class BackupChaosTests(ChaosStack stack, ITestOutputHelper log) : ChaosTest(stack, log)
{
    private const int Cuts = 4;

    // Longer than the files of a volume take to change places.
    private static readonly TimeSpan Swap = TimeSpan.FromSeconds(1.5);

    [EndToEndFact]
    public async Task A_restore_that_is_cut_off_leaves_what_was_or_what_is_restored_and_the_next_up_brings_all_back()
    {
        await Project.UpAsync();
        await Entrusted.AddAsync(Stack, "a memory");
        var kept = await Entrusted.OfAsync(Project);
        var folder = await BackupAsync();
        // The definitions of the broker carry the password from before.
        await Stack.TimeAsync("rotate", "dev", "rabbitmq-password");
        var span = await Stack.TimeAsync("restore", "dev", folder, "--yes");
        for (var number = 0; number < Cuts; number++) await CutOffRestoreAsync(number, span, folder, kept);
        // While one part has taken its place and the next takes it: the cache after the database, the uploads at last.
        for (var number = 0; number < Cuts; number++)
            await CutOffRestoreAsync(number, Swap, folder, kept, number < Cuts / 2 ? "postgres: restored" : "redis: restored");

        await Entrusted.AddAsync(Stack, "too late");
        await Stack.TimeAsync("restore", "dev", folder, "--yes");
        (await Entrusted.OfAsync(Project)).Should().Be(kept, Moments.Seed);
        await OrderAsync("something new");
    }

    [EndToEndFact]
    public async Task A_backup_that_is_killed_is_none_and_the_next_one_is_whole()
    {
        await Project.UpAsync();
        await Entrusted.AddAsync(Stack, "a memory");
        await BackupAsync();
        var span = await Stack.TimeAsync("backup", "dev");
        for (var number = 0; number < Cuts; number++)
        {
            await Entrusted.AddAsync(Stack, $"later {number}");
            var before = await Entrusted.OfAsync(Project);
            var story = await KillAndConvergeAsync(number, span, ["backup", "dev"]);
            (await Entrusted.OfAsync(Project)).Should().Be(before, story);
        }

        var kept = await Entrusted.OfAsync(Project);
        var folder = await BackupAsync();
        await Entrusted.AddAsync(Stack, "too late");
        await Stack.TimeAsync("restore", "dev", folder, "--yes");
        (await Entrusted.OfAsync(Project)).Should().Be(kept, Moments.Seed);
    }

    [EndToEndFact]
    public async Task A_backup_for_which_there_is_no_room_is_refused_and_keeps_nothing()
    {
        await Project.UpAsync();
        var target = Directory.CreateDirectory(Project.PathOf("small")).FullName;
        await EngineProcess.AsRootAsync("mount", "-t", "tmpfs", "-o", "size=16k,mode=0777", "tmpfs", target);
        try
        {
            CommandResult result = await Project.InfraAsync("backup", "dev", "--to", target);

            result.ExitCode.Should().Be(1, result.ToString());
            result.Error.Should().Contain("No space left on device").And.Contain("othing of it was kept").And.NotContain("Unexpected");
            Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Should().BeEmpty();
        }
        finally
        {
            await EngineProcess.AsRootAsync("umount", target);
        }

        (await Project.InfraAsync("backup", "dev", "--to", target)).ExitCode.Should().Be(0);
    }
}
