using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary><c>restore --maintenance</c>: nobody enters what would be lost.</summary>
public sealed class MaintenanceDuringRestoreTests : RestoreTest
{
    private readonly FakeProxy proxy;

    public MaintenanceDuringRestoreTests()
    {
        Run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:proxy: { sites: { a.localhost: { tls: none } } }\n");
        Run.Shell.Running([.. FakeContainers.All(), FakeContainers.Container("proxy")]);
        proxy = new FakeProxy(Run.Shell) { Sites = ["a.localhost"] };
    }

    [Fact]
    public async Task The_page_is_there_from_before_the_backup_is_read_in_until_all_is_healthy_again()
    {
        var before = await BackUpAsync();
        Run.Shell.On("docker stop", Seen).On("docker start", Seen);

        (await Run.RunAsync("restore", "dev", "newest", "--yes", "--maintenance")).Should().Be(0, Run.Error);

        var changes = Run.Shell.Changes.Skip(before).Select(Short).ToArray();
        changes[Array.IndexOf(changes, "on") + 1].Should().Be("prepare", "it comes before the first of these");
        changes.Should().ContainInOrder("on", "prepare", "stop", "start", "off");
        proxy.Pages.Should().BeEmpty();
        Run.Out.Should().Contain("a.localhost: in maintenance until this has succeeded.\n").And.Contain("a.localhost: out of maintenance.\n");

        ShellResult Seen()
        {
            proxy.Pages.Should().ContainKey("a.localhost");
            return new ShellResult(0, "", "");
        }
    }

    [Fact]
    public async Task It_stays_when_the_restore_fails()
    {
        await BackUpAsync();
        Run.Shell.On("docker stop", exitCode: 1, error: "Error response from daemon: no");

        (await Run.RunAsync("restore", "dev", "newest", "--yes", "--maintenance")).Should().Be(1);

        proxy.Pages.Should().ContainKey("a.localhost");
        Run.Error.Should().EndWith("\na.localhost: The maintenance page stays there, since this has not succeeded. "
            + "'./infra.sh maintenance dev off' takes it away.\n");
    }

    [Fact]
    public async Task Nothing_is_put_there_before_it_was_confirmed()
    {
        await BackUpAsync();

        (await Run.RunAsync("restore", "dev", "newest", "--maintenance")).Should().Be(2);

        proxy.Told.Should().BeEmpty();
    }

    private static string Short(string line) =>
        line.Contains("/run/configs/Caddyfile", StringComparison.Ordinal) ? line.Split("/run/configs/Caddyfile ")[1].Split(' ')[0]
        : line.Split(' ') is ["docker", "stop" or "start", ..] words ? words[1]
        : line.Split(' ')[^1];
}
