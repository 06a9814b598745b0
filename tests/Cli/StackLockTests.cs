using System.Diagnostics;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>One command at a time on a stack.</summary>
public sealed class StackLockTests : IDisposable
{
    private static readonly Naming Dev = new("shop", "dev");

    private readonly CommandLineRun run = new();

    private string Path => run.Locks.PathOf(EngineAddress.Usual, Dev);

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("up", "dev")]
    [InlineData("down", "dev")]
    [InlineData("restart", "dev")]
    [InlineData("backup", "dev")]
    [InlineData("restore", "dev", "newest", "--yes")]
    [InlineData("rotate", "dev", "postgres-password")]
    public async Task The_second_command_is_refused_and_told_who_is_before_it(params string[] arguments)
    {
        var before = run.Files.ToArray();
        using var first = await StackLocks.TakeAsync(Path, Dev, "'up dev' in /srv/shop", isPatient: false);

        (await run.RunAsync(arguments)).Should().Be(1);

        run.Error.Should()
            .MatchRegex(
                $@"^shop-dev: Another command is changing it: 'up dev' in /srv/shop \(pid {Environment.ProcessId}, user \S+\) "
                    + @"since \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\. "
                    + "Nothing was changed. Run it again when that has ended; with --wait, './infra.sh' waits for it.\n$"
            );
        run.Shell.Changes.Should().BeEmpty();
        run.Files.Should().Equal(before);
    }

    [Fact]
    public async Task With_wait_it_begins_when_the_first_has_ended()
    {
        run.Shell.On("docker compose --project-name");
        var first = await StackLocks.TakeAsync(Path, Dev, "'up dev' in /srv/shop", isPatient: false);

        var second = run.RunAsync("down", "dev", "--wait");
        run.Error.Should().Contain("Waiting for it to end");
        run.Shell.Changes.Should().BeEmpty();
        first!.Dispose();

        (await second).Should().Be(0);
        run.Shell.Changes.Should().ContainSingle();
    }

    [Fact]
    public async Task Another_stack_or_another_engine_is_nobodys_concern()
    {
        using var first = await StackLocks.TakeAsync(Path, Dev, "'up dev'", isPatient: false);

        using var stack = await StackLocks.TakeAsync(run.Locks.PathOf(EngineAddress.Usual, new("shop", "prod")), Dev, "'up prod'", isPatient: false);
        using var engine = await StackLocks.TakeAsync(run.Locks.PathOf("ssh://server", Dev), Dev, "'up dev'", isPatient: false);

        (stack, engine).Should().NotBe((null, null));
    }

    [UnixFact]
    public void The_two_names_of_an_engines_socket_are_one_engine()
    {
        using var root = new TemporaryRoot();
        Directory.CreateDirectory(root.Path + "/run");
        Directory.CreateSymbolicLink(root.Path + "/var-run", root.Path + "/run");

        run.Locks.PathOf($"unix://{root.Path}/var-run/docker.sock", Dev).Should().Be(run.Locks.PathOf($"unix://{root.Path}/run/docker.sock", Dev));
    }

    [UnixFact]
    public void The_kernel_frees_it_when_its_holder_is_killed()
    {
        File.WriteAllText(Path, "");
        using var holder = Process.Start(
            new ProcessStartInfo("sh", ["-c", "exec 9<\"$1\"; flock 9; echo held; exec sleep 600", "sh", Path]) { RedirectStandardOutput = true }
        )!;
        holder.StandardOutput.ReadLine().Should().Be("held");
        StackLock.TryTake(Path, "me").Should().BeNull();

        holder.Kill();
        holder.WaitForExit();

        using var taken = StackLock.TryTake(Path, "me");
        taken.Should().NotBeNull();
        StackLock.HolderOf(Path).Should().Be("me");
    }

    [UnixFact]
    public void Every_user_of_the_machine_may_take_it()
    {
        StackLock.TryTake(Path, "me")!.Dispose();

        new[] { Path, System.IO.Path.ChangeExtension(Path, ".holder") }.Should().OnlyContain(file => Modes.Of(file) == "666");
    }

    [Fact]
    public async Task What_others_wrote_into_the_note_reaches_no_terminal_as_it_is()
    {
        using var first = StackLock.TryTake(Path, "'up'\u001b[2J " + new string('x', 5000));

        var second = () => StackLocks.TakeAsync(Path, Dev, "'down'", isPatient: false);

        (await second.Should().ThrowAsync<UserErrorException>())
            .Which.Message.Should()
            .Contain("'up'[2J xxx")
            .And.NotContain("\u001b")
            .And.Subject.Length.Should()
            .BeLessThan(600);
    }

    [Fact]
    public async Task Where_no_lock_can_be_kept_that_is_said_and_the_command_goes_on()
    {
        using var log = new StringWriter();

        (await StackLocks.TakeAsync("/no/such/folder/x.lock", Dev, "'up dev'", isPatient: false, log)).Should().BeNull();

        log.ToString().Should().StartWith("warning LOCK /no/such/folder/x.lock: The lock cannot be taken there: ");
    }
}
