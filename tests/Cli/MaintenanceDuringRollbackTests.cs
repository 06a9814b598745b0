using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary><c>rollback --maintenance</c>.</summary>
public sealed class MaintenanceDuringRollbackTests : ReleaseTest
{
    [Fact]
    public async Task The_page_is_there_while_the_earlier_release_comes_up()
    {
        await UpAsync(One, "a");
        await UpAsync(Two, "a");
        Run.WriteExactly(
            "Pulumi.prod.yaml",
            """
            config:
              infra:environment: prod
              infra:app: { context: app }
              infra:services:
                migrations: { kind: step, command: migrate }
                web: { command: serve }
              infra:proxy: { sites: { a.localhost: { tls: none, routes: { /old: { redirect: /new } } } } }
              infra:backup: { enabled: false }
              infra:monitoring: { enabled: false }

            """
        );
        var (web, duringUp) = (FakeContainers.Container("web", stack: "shop-prod"), Array.Empty<string>());
        web["Image"] = $"sha256:{Two}";
        var migrations = FakeContainers.Step("migrations");
        (migrations["Id"], migrations["Image"]) = ("id-a", $"sha256:{Two}");
        Run.Shell.Running(migrations, web, FakeContainers.Container("proxy", stack: "shop-prod"));
        var proxy = new FakeProxy(Run.Shell) { Sites = ["a.localhost"] };
        Run.Shell.On(Compose("--profile steps config --hash *"), "migrations hash-migrations\nproxy hash-proxy\nweb hash-web\n")
            .On(Compose("up"), () =>
            {
                duringUp = [.. proxy.Pages.Keys];
                return new ShellResult(0, "", "");
            });

        (await Run.RunAsync("rollback", "prod", "--yes", "--maintenance")).Should().Be(0, Run.Error);

        duringUp.Should().Equal("a.localhost");
        proxy.Pages.Should().BeEmpty();
    }
}
