using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class MaintenanceTests : IDisposable
{
    private const string Pass = "0123456789abcdef0123456789abcdef";

    private readonly CommandLineRun run = new();
    private readonly FakeProxy proxy;

    public MaintenanceTests()
    {
        proxy = new FakeProxy(run.Shell);
        Sites();
        run.Shell.Running(FakeContainers.Container("proxy", stack: "shop-prod"), FakeContainers.Container("web", stack: "shop-prod"));
    }

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("compose")]
    [InlineData("pulumi")]
    public async Task A_plain_page_is_put_before_every_site_whichever_engine_made_the_proxy(string engine)
    {
        run.Shell.Running(FakeContainers.Container("proxy", engine: engine, stack: "shop-prod"));

        (await run.RunAsync("maintenance", "prod", "on")).Should().Be(0, run.Error);

        proxy.Told.Should().Equal("on a.localhost", "on b.localhost");
        proxy.Pages.Values.Should().AllSatisfy(name => name.Should().MatchRegex("^600-[0-9a-f]{32}[.]html$"));
        proxy.Page.Should().StartWith("<!doctype html>\n<html lang=\"en\">").And.NotContainAny("http:", "https:", "src=", "href=", "url(");
        run.Out.Should()
            .MatchRegex(
                @"^a\.localhost: in maintenance since 2025-11-24 16:00:00Z, Retry-After: 600\. "
                    + @"Behind it: curl --cookie maintenance-pass=[0-9a-f]{32} https://a\.localhost:18123\nb\.localhost: in maintenance since "
            );
    }

    [Fact]
    public async Task The_applications_own_page_is_read_each_time_and_what_passes_it_stays()
    {
        Sites("maintenancePage: pages/own.html");
        run.WriteExactly("pages/own.html", "one");
        await run.RunAsync("maintenance", "prod", "on", "b.localhost");
        var before = proxy.Pages["b.localhost"];
        run.WriteExactly("pages/own.html", "<p>two \u2014 è</p>");

        (await run.RunAsync("maintenance", "prod", "on", "b.localhost", "--retry-after", "1800")).Should().Be(0, run.Error);

        proxy.Page.Should().Be("<p>two \u2014 è</p>");
        proxy.Pages.Should().ContainSingle().Which.Value.Should().Be(before.Replace("600-", "1800-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_on_and_off_each_site_is_shown_and_nothing_is_changed()
    {
        proxy.Pages["b.localhost"] = $"1800-{Pass}.html";
        proxy.Pages["gone.localhost"] = $"600-{Pass}.html";

        (await run.RunAsync("maintenance", "prod")).Should().Be(0, run.Error);

        run.Out.Should().Be(
            "a.localhost: not in maintenance.\nb.localhost: in maintenance since 2025-11-24 16:00:00Z, Retry-After: 1800. "
            + $"Behind it: curl --cookie maintenance-pass={Pass} https://b.localhost:18123\n");
        proxy.Told.Should().BeEmpty();
    }

    [Fact]
    public async Task It_is_taken_away_and_a_site_that_had_none_is_told_so()
    {
        proxy.Pages["b.localhost"] = $"600-{Pass}.html";

        (await run.RunAsync("maintenance", "prod", "off")).Should().Be(0, run.Error);

        proxy.Pages.Should().BeEmpty();
        run.Out.Should().Be("a.localhost: It was not in maintenance.\nb.localhost: out of maintenance.\n");
    }

    [Fact]
    public async Task Status_says_which_sites_are_in_maintenance_and_fails_for_nothing_of_that()
    {
        proxy.Pages["b.localhost"] = $"600-{Pass}.html";
        run.Shell.On("docker stats");
        run.WriteExactly("Pulumi.prod.yaml", Small);

        (await run.RunAsync("status", "prod")).Should().Be(0, run.Out + run.Error);

        run.Out.Should().EndWith(
            "b.localhost: in maintenance since 2025-11-24 16:00:00Z. './infra.sh maintenance prod off b.localhost' takes the page away.\n");
    }

    [Fact]
    public async Task Status_of_the_routes_asks_what_is_behind_the_page_and_says_that_it_is_there()
    {
        using var server = new AnsweringServer(_ => 200);
        run.WriteExactly("Pulumi.prod.yaml", Small + FormattableString.Invariant($"    httpPort: {server.Port}\n"));
        proxy.Pages["b.localhost"] = $"600-{Pass}.html";

        (await run.RunAsync("status", "prod", "--routes")).Should().Be(0, run.Out + run.Error);

        run.Out.Should().MatchRegex(@"(?m)^a\.localhost/ .* 200 +\d+ ").And.MatchRegex(@"(?m)^b\.localhost/ .* 200, in maintenance +\d+ ");
        server.Headers.Should().ContainSingle(header => header.StartsWith("Cookie:", StringComparison.Ordinal))
            .Which.Should().Be($"Cookie: maintenance-pass={Pass}");
    }

    [Fact]
    public Task Every_site_that_there_is_not_is_refused_with_the_nearest() => run.RefusesAsync(
        """
        c.localhost: There is no such site in shop-prod. Did you mean 'a.localhost'? Sites: a.localhost, b.localhost.
        shop.example.com: There is no such site in shop-prod. Sites: a.localhost, b.localhost.
        """,
        "maintenance", "prod", "on", "a.localhost", "c.localhost", "shop.example.com");

    [Fact]
    public Task A_stack_without_a_proxy_has_no_site() => run.RefusesAsync(
        "shop-dev: It has no proxy, so it has no site to put in maintenance. Name one in infra:proxy.sites and run './infra.sh up dev'.",
        "maintenance", "dev", "on");

    [Fact]
    public Task A_proxy_that_does_not_run_answers_nobody()
    {
        run.Shell.Running(FakeContainers.Container("proxy", status: "exited", stack: "shop-prod"));

        return run.RefusesAsync(
            "shop-prod: Its proxy is not running, so nobody reaches a site. Bring it up with './infra.sh up prod'.", "maintenance", "prod", "on");
    }

    [Fact]
    public async Task A_proxy_of_before_would_not_look_for_the_page()
    {
        proxy.Sites.Remove("b.localhost");

        (await run.RunAsync("maintenance", "prod", "on")).Should().Be(2);

        run.Error.Should().Be(
            "b.localhost: The proxy that runs was configured before there was such a site, or maintenance. "
            + "Bring it up to date with './infra.sh up prod'. Nothing was changed.\n");
        proxy.Told.Should().BeEmpty();
    }

    [Fact]
    public async Task A_page_that_cannot_be_put_there_is_told_with_the_reason()
    {
        proxy.Problem = "cat: write error: No space left on device";

        (await run.RunAsync("maintenance", "prod", "on", "a.localhost")).Should().Be(1);

        run.Error.Should().Be(
            "proxy: The maintenance page could not be put before a.localhost: cat: write error: No space left on device.\n");
    }

    [Theory]
    [InlineData("maintenance: 'onn' is neither on nor off. Did you mean 'on'?", "onn")]
    [InlineData("maintenance: --retry-after: '0' is not a number from 1.", "on", "--retry-after", "0")]
    public Task What_is_not_understood_is_refused(string message, params string[] arguments) =>
        run.RefusesAsync(message + "\nSee './infra.sh maintenance --help'.", ["maintenance", "prod", .. arguments]);

    [Fact]
    public async Task Another_command_that_changes_the_stack_comes_first()
    {
        var naming = new Infra.Model.Naming("shop", "prod");
        var path = run.Locks.PathOf(EngineAddress.Usual, naming);
        using var first = await StackLocks.TakeAsync(path, naming, "'up prod' in /srv/shop", isPatient: false);

        (await run.RunAsync("maintenance", "prod", "on")).Should().Be(1);
        (await run.RunAsync("maintenance", "prod")).Should().Be(0, "to look is no change");

        run.Error.Should().StartWith("shop-prod: Another command is changing it: 'up prod' in /srv/shop ");
        proxy.Told.Should().BeEmpty();
    }

    private const string Small = """
        config:
          infra:environment: prod
          infra:app: { context: app }
          infra:services: { web: { command: serve, metrics: "" } }
          infra:backup: { enabled: false }
          infra:monitoring: { enabled: false }
          infra:proxy:
            sites: { a.localhost: { tls: none }, b.localhost: { tls: none } }

        """;

    private void Sites(string line = "") => run.Write(
        "Pulumi.prod.yaml",
        $$"""
        config:
          infra:environment: prod
          infra:proxy:
            httpPort: 18122
            httpsPort: 18123
            sites: { a.localhost: {}, b.localhost: {} }
            {{line}}

        """);
}
