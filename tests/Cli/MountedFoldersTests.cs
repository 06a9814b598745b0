using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>Folders that lead elsewhere than they seem to.</summary>
public sealed class MountedFoldersTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.Bare());

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData(
        "/etc",
        "error UNPRIVILEGED web, worker, beat: 'app/lib', which it mounts, leads to the host's '/etc', a part of the host's own system. "
            + "Drop the mount, or mount only what it needs.\n"
    )]
    [InlineData(
        "../other/code",
        "error FILES web, worker, beat: 'app/lib', which it mounts at /app/lib, leads to 'ROOT/other/code', out of 'app'. "
            + "Put the folder itself there: a build would not follow the link either.\n"
    )]
    public async Task A_link_out_of_the_applications_folder_is_told(string target, string message)
    {
        run.Write("other/code/main.py", "");
        Directory.CreateSymbolicLink(run.PathOf("app/lib"), target);
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:app: { source: [lib] }\n");

        (await run.RunAsync("check", "dev")).Should().Be(1);

        run.Error.Should().Be(message.Replace("ROOT", RealPath.Resolve(run.Workspace.Root), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_within_it_is_as_good_as_a_folder()
    {
        run.Write("app/code/main.py", "");
        Directory.CreateSymbolicLink(run.PathOf("app/lib"), "./src/../code");
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:app: { source: [lib] }\n");

        (await run.RunAsync("check", "dev")).Should().Be(0, run.Error);
    }

    [Fact]
    public void A_circle_of_links_comes_to_an_end()
    {
        Directory.CreateSymbolicLink(run.PathOf("one"), "two");
        Directory.CreateSymbolicLink(run.PathOf("two"), "one");

        RealPath.Resolve(run.PathOf("one")).Should().NotBeEmpty();
    }
}
