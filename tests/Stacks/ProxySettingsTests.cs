using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class ProxySettingsTests
{
    [Fact]
    public void Stands_at_localhost_until_a_domain_is_named()
        => Prod("")
            .Proxy.Should()
            .BeEquivalentTo(new { Enabled = true, Args = new { IsLocal = true, HttpPort = (int?)null, HttpsPort = (int?)null } });

    [Theory]
    [InlineData("email: ops", ".email: 'ops' is not an e-mail address. Write one address, such as ops@example.com.")]
    [InlineData(
        "acme: ca.example.com",
        ".acme: 'ca.example.com' is not the URL of an authority. Write it as https://ca.example.com/acme/acme/directory."
    )]
    [InlineData("trustedProxies: [lb]", ".trustedProxies: 'lb' is not an address. Write addresses as 10.0.0.5, or ranges as 10.0.0.0/8.")]
    [InlineData("tls: off", ".tls: There is no such setting.*")]
    [InlineData(
        "sites: { 'https://a.example.com': {} }",
        ".sites.https://a.example.com: '*' is not a domain name. Write the bare name, such as shop.example.com, in lower case, or an IP address."
    )]
    [InlineData("sites: { 'a {': {} }", ".sites.a {: 'a {' is not a domain name. *")]
    [InlineData("sites: { 010.0.0.1: {} }", ".sites.010.0.0.1: '010.0.0.1' is not a domain name. *")]
    [InlineData("sites: { a.example.com: { aliases: [WWW] } }", ".sites.a.example.com.aliases: 'WWW' is not a domain name. *")]
    [InlineData(
        "sites: { a.example.com: { hidden: [metrics] } }",
        ".sites.a.example.com.hidden: 'metrics' is not a path. Write paths such as /metrics, *"
    )]
    [InlineData("sites: { a.example.com: { maxBody: 10 } }", ".sites.a.example.com.maxBody: '10' is not a size *")]
    [InlineData("sites: { a.example.com: { aliases: [a.example.com] } }", ".sites: 'a.example.com' stands there more than once. *")]
    [InlineData("sites: { 10.0.0.1: { tls: acme } }", ".sites.10.0.0.1.tls: The authorities of ACME sign names. *")]
    [InlineData("sites: { 10.0.0.1: {}, 10.0.0.2: {} }", ".sites: Several of them are addresses: browsers name none, *")]
    [InlineData("sites: { a.example.com: { certificate: { key: '{secrets.key}' } } }", ".sites.a.example.com.certificate: It is half of one. *")]
    [InlineData("sites: { a.example.com: { certificate: { key: '{secrets.key}', certificate: pem } } }",
        ".sites.a.example.com.certificate.certificate: This is not a secret's name. Write \"{secrets.NAME}\", *")]
    [InlineData("sites: { a.example.com: { tls: none, certificate: { key: '{secrets.k}', certificate: '{secrets.c}' } } }",
        ".sites.a.example.com.tls: It has a certificate of its own, too. Drop one of the two.")]
    [InlineData(
        "sites: { a.example.com: { basicAuth: { 'a b': '{secrets.key}' } } }",
        ".sites.a.example.com.basicAuth.a b: 'a b' is not a user's name. *"
    )]
    [InlineData("sites: { a.example.com: { routes: { api: web } } }", ".sites.a.example.com.routes.api: 'api' is not a path. Write it as /api, *")]
    [InlineData(
        "sites: { a.example.com: { routes: { /: {} } } }",
        ".sites.a.example.com.routes./: It leads nowhere. Write one of service, files and redirect."
    )]
    [InlineData(
        "sites: { a.example.com: { routes: { /: { service: web, files: media } } } }",
        ".sites.a.example.com.routes./: It has service and files. *"
    )]
    [InlineData("sites: { a.example.com: { routes: { /: { redirect: /new, strip: true } } } }",
        ".sites.a.example.com.routes./.strip: A route with redirect has none. Drop it.")]
    [InlineData(
        "sites: { a.example.com: { routes: { /: { redirect: new } } } }",
        ".sites.a.example.com.routes./.redirect: 'new' is neither a path nor a URL. *"
    )]
    [InlineData(
        "sites: { a.example.com: { routes: { /: { files: media } } } }",
        ".sites.a.example.com.routes./: No service has the volume 'media'. There is none."
    )]
    [InlineData("sites: { a.example.com: { routes: { /: { files: ../etc } } } }", ".sites.a.example.com.routes./.files: '../etc' is not a volume, *")]
    [InlineData("sites: { a.example.com: { routes: { /: { files: static, of: web } } } }",
        ".sites.a.example.com.routes./.files: 'static' is not an absolute path in the image of 'web'. Write it as /app/static.")]
    [InlineData("sites: { a.example.com: { routes: { /: { files: /app/static, of: wep } } } }",
        ".sites.a.example.com.routes./: There is no service 'wep' that runs an image of yours. Did you mean 'web'?")]
    [InlineData("sites: { a.example.com: { routes: { /: { files: /app/static, of: web, fallback: index.html } } } }",
        ".sites.a.example.com.routes./.fallback: 'index.html' is not a path below the route. *")]
    [InlineData("sites: { a.example.com: { routes: { /: postgres } } }",
        ".sites.a.example.com.routes./: 'postgres' listens on no port, or not for HTTP. Name a web server, or give it containerPort.")]
    [InlineData("maintenancePage: none.html", ".maintenancePage: There is no file 'none.html'. Write the path of a file below the project: *")]
    [InlineData("maintenancePage: ../page.html", ".maintenancePage: '../page.html' is not below the project. *")]
    public void What_Caddy_would_stumble_over_is_refused(string line, string message)
        => SettingsOf.Problems(Text($"  infra:proxy:\n    {line}")).Should().Match("Pulumi.dev.yaml:4:* infra:proxy" + message);

    [Fact]
    public async Task Development_has_one_where_it_has_sites_and_web_keeps_its_port()
    {
        var topology = await StackFactory.GatherAsync(SettingsOf.Text(
            "config:\n  infra:environment: dev\n  infra:services: {web: {command: serve, port: 8000}}\n  infra:proxy: {sites: {shop.localhost: {}}}\n"
        ));

        topology.Find("proxy")!.Ports.Should().Equal(new Infra.Model.Port(8080, 8080), new Infra.Model.Port(8443, 8443));
        topology.Find("web")!.Should().BeEquivalentTo(new { Replacement = Infra.Model.Replacement.StopFirst }, "nobody is lost there");
        topology.Find("web")!.Ports.Should().ContainSingle();
        (await StackFactory.GatherAsync(SettingsOf.Text("config:\n  infra:environment: dev\n"))).Find("proxy").Should().BeNull();
    }

    [Fact]
    public async Task Services_behind_it_share_a_network_with_it_and_start_before_the_old_ones_end()
    {
        var topology = await StackFactory.GatherAsync(Prod(
            "  infra:services: {api: {kind: web, command: serve}, docs: {kind: container, image: \"acme/docs:1\", containerPort: 80}}\n"
            + "  infra:proxy: {sites: {a.example.com: {routes: {/: docs, /api: api}}}}"
        ));

        foreach (var name in new[] { "api", "docs" })
            topology.Find(name)!.Networks.Select(place => place.Network.Name).Should().Contain("edge");
        topology.Find("web")!.Networks.Select(place => place.Network.Name).Should().NotContain("edge");
        topology.Find("api")!.Replacement.Should().Be(Infra.Model.Replacement.StartFirst);
        topology.Find("proxy")!.Routes.Select(route => route.Folder).Should().BeEquivalentTo("/tmp/only/api", "/tmp/only/docs");
    }

    [Fact]
    public async Task Files_of_an_image_are_copied_before_the_service_and_the_proxy_start()
    {
        var topology = await StackFactory.GatherAsync(Prod(
            "  infra:proxy: {sites: {a.example.com: {routes: {/: web, /static: {files: /app/static, of: web, cacheSeconds: 60}}}}}"
        ));

        var step = topology.Find("web-files")!;
        step.Image.Should().Be(topology.Find("web")!.Image);
        step.Command.Should().Equal("/copied", "/app/static");
        step.IsStep().Should().BeTrue();
        foreach (var name in new[] { "web", "proxy" })
            topology.Find(name)!.WaitsFor.Should().Contain(new Infra.Model.Wait("web-files", Infra.Model.WaitCondition.Completed));
        topology.Find("proxy")!.Mounts.Should().ContainEquivalentOf(new { Target = "/srv/web-served", ReadOnly = true });
        topology.Find("proxy")!.Text("Caddyfile").Should().Contain("root * /srv/web-served/files/app/static\n").And.Contain("max-age=60");
        Infra.Model.Rules.Review.Run(topology).Should().BeEmpty();
    }

    [Fact]
    public void Web_publishes_no_port_behind_it()
        => SettingsOf.Problems(Text("  infra:services:\n    web:\n      port: 8000")).Should().Be(
            "Pulumi.dev.yaml:5:7 infra:services.web.port: The proxy is in front of web, which then publishes no port of its own. "
            + "Drop it and set infra:proxy's httpsPort, or set infra:proxy's enabled to false.");

    [Fact]
    public async Task Without_it_web_is_published_on_loopback_and_stopped_first()
    {
        var topology = await StackFactory.GatherAsync(Prod("  infra:services:\n    web:\n      port: 8000\n  infra:proxy:\n    enabled: false"));

        topology.Find("proxy").Should().BeNull();
        topology.Find("web")!.Should().BeEquivalentTo(new { Replacement = Infra.Model.Replacement.StopFirst });
        topology.Find("web")!.Ports.Single().ToString().Should().Be("127.0.0.1:8000→8000");
    }

    [Theory]
    [InlineData("postgres", "port")]
    [InlineData("redis", "port")]
    [InlineData("rabbitmq", "managementPort")]
    public async Task A_published_port_of_what_holds_data_is_on_a_network_where_an_engine_publishes(string service, string key)
    {
        var closed = await StackFactory.GatherAsync(Prod(""));
        var open = await StackFactory.GatherAsync(Prod($"  infra:services:\n    {service}:\n      {key}: 15000"));

        closed.Find(service)!.Networks.Should().OnlyContain(place => place.Network.Internal);
        open.Find(service)!.Networks.Select(place => (place.Network.Name, place.Network.Internal)).Should().Equal(("data", true), ("tools", false));
    }

    [Fact]
    public async Task The_proxy_and_what_holds_data_share_no_network()
    {
        var topology = await StackFactory.GatherAsync(Prod("  infra:services:\n    postgres:\n      port: 15000"));

        var proxy = topology.Find("proxy")!.Networks.Select(place => place.Network.Name).ToArray();

        topology
            .Services.Where(service => service.Networks.Any(place => proxy.Contains(place.Network.Name)))
            .Select(service => service.Name)
            .Should()
            .Equal("web", "proxy");
    }

    private static Settings Prod(string lines) => SettingsOf.Text(Text(lines));

    private static string Text(string lines) => $"config:\n  infra:environment: prod\n{lines}\n";
}
