using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary><c>up --maintenance</c>: the page is there from the first change to the success.</summary>
public sealed class MaintenanceDuringUpTests : IDisposable
{
    private const string Settings = """
        config:
          infra:environment: dev
          infra:app: { context: app }
          infra:services: { web: { command: serve, port: 18123 } }
          infra:proxy:
            sites: { a.localhost: { tls: none }, b.localhost: { tls: none } }

        """;

    private readonly CommandLineRun run = new();
    private readonly FakeProxy proxy;
    private string[] duringUp = [];
    private ShellResult upped = new(0, "", "");

    public MaintenanceDuringUpTests()
    {
        run.WriteExactly("Pulumi.dev.yaml", Settings);
        proxy = new FakeProxy(run.Shell);
        run.Shell.On("docker pull").On("docker build", () =>
            {
                proxy.Pages.Should().NotContain(page => page.Value.StartsWith("600-", StringComparison.Ordinal), "to build interrupts nobody");
                return new ShellResult(0, "", "");
            })
            .On("docker events")
            .On(Compose("config --hash *"), "proxy hash-other\nweb hash-web\n")
            .On(Compose("up"), () =>
            {
                duringUp = [.. proxy.Pages.Keys];
                Runs("id-proxy-2");
                return upped;
            });
        _ = new FakeProxy(run.Shell, "proxy-2") { Sites = proxy.Sites, Pages = proxy.Pages, Told = proxy.Told };
        Runs("id-proxy");
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task The_page_is_there_while_containers_change_and_gone_after_the_success()
    {
        (await UpAsync()).Should().Be(0, run.Error);

        duringUp.Should().Equal("a.localhost", "b.localhost");
        proxy.Pages.Should().BeEmpty("it is taken from the proxy that runs now");
        run.Out.Should().Contain("a.localhost, b.localhost: in maintenance until this has succeeded.\n")
            .And.EndWith("a.localhost, b.localhost: out of maintenance.\n");
    }

    [Fact]
    public async Task It_stays_when_the_command_fails_and_that_is_said_with_the_way_out()
    {
        upped = new ShellResult(1, "", "container shop-dev-web is unhealthy");

        (await UpAsync()).Should().Be(1);

        proxy.Pages.Keys.Should().Equal("a.localhost", "b.localhost");
        run.Error.Should().Contain("container shop-dev-web is unhealthy").And.EndWith(
            "\na.localhost, b.localhost: The maintenance page stays there, since this has not succeeded. "
            + "'./infra.sh maintenance dev off' takes it away.\n");
    }

    [Fact]
    public async Task A_site_that_was_in_maintenance_before_stays_so_with_its_own_page()
    {
        proxy.Pages["b.localhost"] = "1800-abc.html";

        (await UpAsync()).Should().Be(0, run.Error);

        duringUp.Should().Equal("a.localhost", "b.localhost");
        proxy.Told.Should().Equal("on a.localhost", "off a.localhost");
        proxy.Pages.Should().ContainSingle().Which.Value.Should().Be("1800-abc.html");
        run.Out.Should().EndWith(
            "a.localhost: out of maintenance.\nb.localhost: in maintenance since 2025-11-24 16:00:00Z. "
            + "'./infra.sh maintenance dev off b.localhost' takes the page away.\n");
    }

    [Fact]
    public async Task An_up_that_does_not_ask_for_it_leaves_the_page_and_says_that_it_is_there()
    {
        proxy.Pages["b.localhost"] = "1800-abc.html";

        (await run.RunAsync("up", "dev", "--images", "registry")).Should().Be(0, run.Error);

        proxy.Told.Should().BeEmpty();
        run.Out.Should().EndWith("b.localhost: in maintenance since 2025-11-24 16:00:00Z. "
            + "'./infra.sh maintenance dev off b.localhost' takes the page away.\n");
    }

    [Fact]
    public async Task Where_no_proxy_runs_yet_it_goes_on_and_says_so()
    {
        run.Shell.Running(FakeContainers.Container("web"));

        (await UpAsync()).Should().Be(0, run.Error);

        proxy.Told.Should().BeEmpty();
        run.Error.Should().Contain("shop-dev: Its proxy is not running, so there is no site to put in maintenance.\n");
    }

    [Fact]
    public async Task A_site_that_is_new_goes_on_without_and_the_others_have_the_page()
    {
        proxy.Sites.Remove("b.localhost");

        (await UpAsync()).Should().Be(0, run.Error);

        duringUp.Should().Equal("a.localhost");
        run.Error.Should().Contain("b.localhost: The running proxy knows no maintenance of it, so it goes on without the page.\n");
    }

    [Fact]
    public async Task Where_the_page_cannot_be_put_nothing_that_runs_is_changed()
    {
        proxy.Problem = "sh: can't create page: Read-only file system";

        (await UpAsync()).Should().Be(1);

        run.Error.Should().EndWith("proxy: The maintenance page could not be put before a.localhost, b.localhost: "
            + "sh: can't create page: Read-only file system.\n");
        run.Shell.Changes.Should().NotContain(line => line.StartsWith(Compose("up"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("up", "--images", "registry")]
    [InlineData("restore", "newest")]
    public Task A_stack_without_a_site_is_refused(string verb, params string[] arguments)
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n");

        return run.RefusesAsync(
            "shop-dev: It has no proxy, so it has no site to put in maintenance. Name one in infra:proxy.sites and run './infra.sh up dev'.",
            [verb, "dev", .. arguments, "--maintenance"]);
    }

    private Task<int> UpAsync() => run.RunAsync("up", "dev", "--images", "registry", "--maintenance");

    private void Runs(string id)
    {
        var container = FakeContainers.Container("proxy");
        container["Id"] = id;
        run.Shell.Running(FakeContainers.Container("web"), container);
    }

    private string Compose(string verb)
        => $"docker compose --project-directory {run.Workspace.Root} --file {run.PathOf(".infra/dev/compose.yaml")} --project-name shop-dev {verb}";
}
