using System.Collections.Concurrent;
using System.Globalization;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class StatusRoutesTests : IDisposable
{
    private readonly CommandLineRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task C7_every_route_of_the_gateway_is_asked_for_the_health_of_what_is_behind_it()
    {
        var asked = new ConcurrentBag<string>();
        using var server = new AnsweringServer(path =>
        {
            asked.Add(path);
            return 200;
        });
        Hub(server.Port);

        (await run.RunAsync("status", "hub", "--routes")).Should().Be(0, run.Error);

        asked.Should().BeEquivalentTo("/auth/health", "/hub/health", "/ai/health", "/channel/health");
        run.Out.Should()
            .MatchRegex(Line($@"localhost/auth +auth-service +http://localhost:{server.Port}/auth/health +200 +\d+"))
            .And.MatchRegex(Line(@"localhost/channel +channel-service .*200 +\d+"));
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task One_that_does_not_answer_as_it_should_is_told_with_what_to_do_and_ends_with_1()
    {
        using var server = new AnsweringServer(path =>
            path.StartsWith("/ai/", StringComparison.Ordinal) ? 502
            : path.StartsWith("/hub/", StringComparison.Ordinal) ? 404
            : 200
        );
        Hub(server.Port);

        (await run.RunAsync("status", "hub", "--routes")).Should().Be(1);

        run.Out.Should()
            .MatchRegex(Line(@"localhost/ai +ai-engine-service .*502 +\d+ +'ai-engine-service' is not reached, or not healthy: "
                + @"'./infra\.sh status hub --why'\."))
            .And.MatchRegex(
                Line(
                    @"localhost/hub +creator-hub-service .*404 +\d+ +'gateway' does not lead there, or 'creator-hub-service' refuses: "
                        + @"'./infra\.sh logs hub creator-hub-service'\."
                )
            );
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_told()
    {
        int port;
        using (var server = new AnsweringServer(_ => 200)) port = server.Port;
        Hub(port);

        (await run.RunAsync("status", "hub", "--routes")).Should().Be(1);

        run.Out.Should().MatchRegex(Line(@"localhost/auth .*no connection +\d+ +Bring 'gateway' up: './infra\.sh up hub'\."));
    }

    [Theory]
    [InlineData("localhost", "localhost", 0, "200")]
    [InlineData("localhost", "other.example", 1, "no valid certificate")]
    [InlineData("shop.example.com", "shop.example.com", 1, "no valid certificate")]
    public async Task The_proxys_certificate_must_have_its_name_and_a_public_one_an_authority(
        string domain,
        string certified,
        int exitCode,
        string status
    )
    {
        using var server = new AnsweringServer(path => path == "/ready" ? 200 : 500, certified);
        run.Write(
            "Pulumi.prod.yaml",
            string.Create(
                CultureInfo.InvariantCulture,
                $"config:\n  infra:environment: prod\n  infra:proxy: {{sites: {{{domain}: {{}}}}, httpPort: 18122, httpsPort: {server.Port}}}\n"
            )
        );

        (await run.RunAsync("status", "prod", "--routes")).Should().Be(exitCode, run.Out);

        run.Out.Should().MatchRegex(Line($"{domain}/ +web +https://{domain}:{server.Port}/ready +{status} +"));
        run.Out.Contains("proxy: The name on its certificate was checked, and not who signed it", StringComparison.Ordinal)
            .Should()
            .Be(domain == "localhost");
    }

    [Fact]
    public async Task Every_route_of_every_site_is_asked_and_what_the_proxy_answers_itself_too()
    {
        var asked = new ConcurrentBag<string>();
        using var server = new AnsweringServer(path =>
        {
            asked.Add(path);
            return path == "/ready" ? 200 : path.StartsWith("/closed", StringComparison.Ordinal) ? 401 : 404;
        });
        run.Write(
            "Pulumi.prod.yaml",
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                config:
                  infra:environment: prod
                  infra:app: { volumes: { media: /app/media } }
                  infra:proxy:
                    httpPort: {{server.Port}}
                    sites:
                      shop.localhost: { tls: none, routes: { /: web, /api: { service: web }, /media: { files: media }, /old: { redirect: /new } } }
                      ops.localhost: { tls: none, routes: { /closed: { service: web, basicAuth: { ops: "{secrets.ops-password}" } } } }

                """
            )
        );

        (await run.RunAsync("status", "prod", "--routes")).Should().Be(0, run.Out + run.Error);

        asked.Should().BeEquivalentTo("/ready", "/api", "/media", "/old", "/closed");
        run.Out.Should()
            .MatchRegex(Line($@"shop\.localhost/media +proxy +http://shop\.localhost:{server.Port}/media +404 +\d+"))
            .And.MatchRegex(Line(@"ops\.localhost/closed +web .*401 +\d+"));
    }

    [Fact]
    public Task A_stack_without_a_proxy_or_a_gateway_has_no_route() =>
        run.RefusesAsync(
            "shop-dev: It has no proxy, so there is no route to try. './infra.sh status dev' shows where its services are published.",
            "status",
            "dev",
            "--routes"
        );

    [Fact]
    public Task An_engine_elsewhere_publishes_nothing_here()
    {
        Hub(18123);
        run.Shell.On("docker context inspect", "ssh://build.example\n");

        return run.RefusesAsync(
            "shop-hub: Routes are tried at the addresses of this machine, "
                + "and the engine is on another one (ssh://build.example). Run the command there.",
            "status",
            "hub",
            "--routes"
        );
    }

    [Fact]
    public Task Two_reports_at_once() => run.RefusesAsync("""
        status: --deps and --routes are separate reports. Ask for one at a time.
        See './infra.sh status --help'.
        """, "status", "dev", "--routes", "--deps");

    private void Hub(int? port) =>
        run.Write(
            "Pulumi.hub.yaml",
            "config:\n  infra:system: creator-hub\n  infra:environment: dev\n  infra:app:\n    context: app\n"
                + (port is { } number ? string.Create(CultureInfo.InvariantCulture, $"  infra:proxy:\n    httpPort: {number}\n") : "")
        );

    private static string Line(string pattern) => "(?m)^" + pattern;
}
