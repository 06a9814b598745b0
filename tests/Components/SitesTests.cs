using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

/// <summary>What a proxy does with its sites and their routes.</summary>
public sealed class SitesTests
{
    private static readonly ServiceSpec Web = Specs.Web() with { Endpoint = new Endpoint("http", "web", 8000) { HealthPath = "/ready" } };
    private static readonly ServiceSpec Api = Specs.Web("api") with { Endpoint = new Endpoint("http", "api", 9000) { HealthPath = "/up" } };
    private static readonly ImmutableSortedDictionary<string, Secret> Ops = SiteRoute.Everybody.Add("ops", new Secret("ops-password"));

    [Fact]
    public void The_longest_path_comes_first_in_whatever_order_they_are_written()
    {
        ImmutableArray<SiteRoute> routes = [new ServiceRoute("/", "web"), new ServiceRoute("/api/v1", "api"), new ServiceRoute("/api", "web")];

        foreach (var order in new[] { routes, [.. routes.Reverse()] })
            Lines(new Site("a.example.com") { Routes = order })
                .Where(line => line.Contains(" path /api", StringComparison.Ordinal) || line.StartsWith("import", StringComparison.Ordinal))
                .Should()
                .Equal("@route1 path /api/v1 /api/v1/*", "import to-api", "@route2 path /api /api/*", "import to-web", "import to-web");
    }

    [Fact]
    public void Each_service_has_its_own_switch_and_each_time_its_own_lines()
    {
        var spec = Spec(new Site("a.example.com")
        {
            Routes =
            [
                new ServiceRoute("/", "web"),
                new ServiceRoute("/api", "api"),
                new ServiceRoute("/slow", "api") { Answer = TimeSpan.FromMinutes(5) },
            ],
        });

        spec.Routes.Select(route => (route.Service, route.Folder)).Should().Equal(("web", "/tmp/only/web"), ("api", "/tmp/only/api"));
        spec.WaitsFor.Should().Equal(new Wait("web"), new Wait("api"));
        spec.Text("Caddyfile").Should().ContainAll("(to-api) {", "(to-api-300s) {", "response_header_timeout 300s", "dynamic a api 9000");
    }

    [Fact]
    public void A_path_is_taken_away_only_where_it_is_asked_for()
    {
        Written(new Site("a.example.com") { Routes = [new ServiceRoute("/api", "api") { Strip = true }] })
            .Should()
            .Contain("uri strip_prefix /api\n\t\t\trespond @hidden 404\n\t\t\timport to-api");
        Written(new Site("a.example.com") { Routes = [new ServiceRoute("/api", "api")] })
            .Should()
            .NotContain("strip_prefix")
            .And.Contain("respond \"Nothing is here.\" 404");
    }

    [Fact]
    public void Other_names_are_redirected_to_the_site_over_both_schemes() =>
        Written(new Site("a.example.com") { Aliases = ["www.a.example.com"], Routes = [new ServiceRoute("/", "web")] })
            .Should()
            .Contain("http://a.example.com, http://www.a.example.com {\n\theader -Server\n\tredir https://a.example.com{uri} 308\n}")
            .And.Contain("https://www.a.example.com {\n\theader -Server\n\tredir https://a.example.com{uri} 308\n}");

    [Fact]
    public void A_certificate_of_ones_own_is_two_files_and_no_authority_is_asked()
    {
        var spec = Spec(new Site("a.example.com")
        {
            Certificate = new OwnCertificate(new("a-crt"), new("a-key")),
            Routes = [new ServiceRoute("/", "web")],
        });

        spec.Files.Skip(1).Select(file => (file.Path, file.Content)).Should().Equal(
            ("/run/secrets/a-crt", new Secret("a-crt").In(SecretForm.Bytes)), ("/run/secrets/a-key", new Secret("a-key").In(SecretForm.Bytes)));
        spec.Text("Caddyfile").Should().Contain("https://a.example.com {\n\ttls /run/secrets/a-crt /run/secrets/a-key\n");
    }

    [Fact]
    public void Behind_somebody_elses_proxy_nothing_is_encrypted_kept_or_redirected()
    {
        var spec = Proxy.Describe("proxy", new()
        {
            Services = [Web],
            TrustedProxies = ["10.0.0.0/8"],
            Sites = [new Site("a.example.com") { Tls = SiteTls.None, Routes = [new ServiceRoute("/", "web")] }],
        });

        spec.Ports.Should().Equal(new Port(8080, 80) { Address = "0.0.0.0" });
        spec.Text("Caddyfile").Should().Contain("\nhttp://a.example.com {").And.Contain("trusted_proxies 10.0.0.0/8")
            .And.NotContainAny("https://", "Strict-Transport", "redir ");
    }

    [Theory]
    [InlineData(SiteTls.None)]
    [InlineData(SiteTls.Acme)]
    public void What_puts_a_site_in_maintenance_outlives_the_container_and_comes_before_all_else(SiteTls tls)
    {
        var site = new Site("a.example.com") { Tls = tls, Users = Ops, Routes = [new ServiceRoute("/", "web")] };
        var spec = Spec(site, new Site("::1") { Tls = SiteTls.None, Routes = [new ServiceRoute("/", "api")] });

        spec.Mounts.OfType<VolumeMount>().Should().ContainSingle(mount => mount.Target == "/var/tmp" && mount.Volume.HoldsState)
            .Which.Volume.LeftOut.Should().NotBeNull();
        spec.StatePaths.Should().Equal("/var/tmp");
        Trimmed(spec.Text("Caddyfile")).Should()
            .ContainInOrder("root /var/tmp/maintenance/a.example.com", "respond @hidden 404", "basicauth {", "root /var/tmp/maintenance/::1");
    }

    [Fact]
    public void An_address_answers_those_who_name_none_and_no_other_name()
    {
        var written = Written(new Site("192.168.1.10") { Routes = [new ServiceRoute("/", "web")] });

        written.Should()
            .ContainAll("default_sni 192.168.1.10", "https://192.168.1.10 {\n\ttls internal", "https:// {\n\theader -Server\n\trespond 421")
            .And.NotContain("strict_sni_host");
        Written(new Site("a.example.com") { Routes = [new ServiceRoute("/", "web")] }).Should().Contain("strict_sni_host on")
            .And.NotContainAny("default_sni", "respond 421");
    }

    [Fact]
    public void A_password_is_hashed_where_it_is_needed_and_stands_nowhere()
    {
        var spec = Spec(new Site("a.example.com") { Users = Ops, Routes = [new ServiceRoute("/", "web"), new RedirectRoute("/old", "/new")] });

        spec.Files.Single(file => file.Name == "ops-password").Content.Should().Be(Template.From($"{new Secret("ops-password")}\n"));
        spec.Command.Take(2).Should().Equal("sh", "-c");
        spec.Command[2].Should().Be(
            "HASH_OF_OPS_PASSWORD=\"$(caddy hash-password --algorithm bcrypt </run/secrets/ops-password)\" || exit; "
            + "export HASH_OF_OPS_PASSWORD; exec \"$@\"");
        spec.Text("Caddyfile").Split("basicauth {\n").Should().HaveCount(3, "each route asks");
        spec.Text("Caddyfile").Should().Contain("ops {$HASH_OF_OPS_PASSWORD}");
        spec.Upstreams.Should().OnlyContain(upstream => upstream.Status == 401);
    }

    [Fact]
    public void A_routes_users_take_the_place_of_the_sites() =>
        Spec(new Site("a.example.com")
        {
            Users = Ops,
            Routes = [new ServiceRoute("/", "web") { Users = SiteRoute.Everybody.Add("me", new Secret("mine")) }],
        })
            .Files.Select(file => file.Name)
            .Should()
            .Equal("Caddyfile", "mine");

    [Fact]
    public void Files_are_read_only_kept_as_long_as_they_are_told_and_found_without_their_path()
    {
        var spec = Spec(new Site("a.example.com")
        {
            Routes = [new FilesRoute("/media", new Volume("media")) { Folder = "public", Cache = TimeSpan.FromHours(1), Fallback = "/index.html" }],
        });

        spec.Mounts.Should().Contain(new VolumeMount(new Volume("media"), "/srv/media", ReadOnly: true));
        Trimmed(spec.Text("Caddyfile"))
            .Should()
            .ContainInConsecutiveOrder(
                "uri strip_prefix /media",
                "root * /srv/media/public",
                "@there file",
                "header @there Cache-Control \"public, max-age=3600\"",
                "try_files {path} /index.html",
                "file_server"
            );
    }

    [Fact]
    public void What_has_moved_keeps_what_follows_it() =>
        Lines(new Site("a.example.com") { Routes = [new RedirectRoute("/old", "/new")] })
            .Should()
            .ContainInConsecutiveOrder("@itself path /old", "redir @itself /new{asked} 308", "uri strip_prefix /old", "redir * /new{uri} 308");

    [Fact]
    public void Another_authority_a_log_and_each_sites_port_are_said_where_Caddy_wants_them()
    {
        var spec = Proxy.Describe("proxy", new()
        {
            Services = [Web],
            Acme = "https://ca.example.com/directory",
            AcmeRoot = "-----BEGIN CERTIFICATE-----",
            AccessLog = true,
            HttpsPort = 9443,
            Drain = TimeSpan.FromSeconds(90),
            Sites = [new Site("a.example.com") { Routes = [new ServiceRoute("/", "web")] }],
        });

        spec.Text("Caddyfile").Should().ContainAll(
            "acme_ca https://ca.example.com/directory",
            "acme_ca_root /run/configs/acme-root.pem",
            "\tlog\n",
            "redir https://a.example.com:9443{uri} 308"
        );
        spec.Text("acme-root.pem").Should().StartWith("-----BEGIN");
        spec.Routes.Single().Drain.Should().Be(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void Every_route_says_what_shows_that_a_user_gets_there()
    {
        var upstreams = Spec(
            new Site("a.example.com") { Routes = [new ServiceRoute("/", "web"), new ServiceRoute("/api", "api") { Strip = true }] },
            new Site("localhost") { Tls = SiteTls.None, Routes = [new ServiceRoute("/v1", "api"), new RedirectRoute("/old", "/new")] }
        ).Upstreams;

        upstreams
            .Select(each => (each.Site.Url().ToString(), each.Path, each.Service, each.Asked, each.Status))
            .Should()
            .Equal(
                ("https://a.example.com:8443", "/", "web", "/ready", 200),
                ("https://a.example.com:8443", "/api", "api", "/api/up", 200),
                ("http://localhost:8080", "/v1", "api", "/v1", null),
                ("http://localhost:8080", "/old", null, "/old", null)
            );
    }

    [Fact]
    public void A_route_to_nobody_is_refused()
        => FluentActions.Invoking(() => Spec(new Site("a.example.com") { Routes = [new ServiceRoute("/", "nobody")] }))
            .Should().Throw<ArgumentException>().WithMessage("A route leads to 'nobody', which is not behind the proxy. Add it to Services.");

    private static ServiceSpec Spec(params Site[] sites) => Proxy.Describe("proxy", new() { Services = [Web, Api], Sites = [.. sites] });

    private static string Written(Site site) => Spec(site).Text("Caddyfile");

    private static string[] Lines(Site site) => Trimmed(Written(site));

    private static string[] Trimmed(string text) => [.. text.Split('\n').Select(line => line.Trim())];
}
