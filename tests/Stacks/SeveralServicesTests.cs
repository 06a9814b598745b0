using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>Stacks that are not the sample: several of a kind, none of a kind, services of one's own.</summary>
public sealed class SeveralServicesTests
{
    [Fact]
    public async Task Each_of_two_databases_has_its_own_password_volume_backup_and_exporter()
    {
        var topology = await GatherAsync("prod", "postgres: {}, orders: {kind: postgres, database: orders}, web: {command: serve}");

        topology.Find("orders")!.Endpoint!.Password.Should().Be(new Secret("orders-password"));
        topology.Find("postgres")!.Endpoint!.Password.Should().Be(new Secret("postgres-password"));
        topology.Find("orders")!.Mounts.OfType<VolumeMount>().Select(mount => mount.Volume.Name).Should().Equal("orders");
        topology
            .Services.Where(service => service.Kind == Backup.Kind)
            .Select(service => service.Name)
            .Should()
            .Equal("backup-postgres", "backup-orders");
        topology.Services.Select(service => service.Name).Should().Contain(["postgres-exporter", "orders-exporter"]);
    }

    [Fact]
    public async Task The_proxy_passes_requests_on_to_the_web_server_that_it_is_told()
    {
        var topology = await GatherAsync(
            "prod",
            "api: {kind: web, command: serve}, admin: {kind: web, command: serve, port: 9001}",
            "infra:proxy: {sites: {localhost: {routes: {/: api}}}}"
        );

        topology.Find("proxy")!.WaitsFor.Select(wait => wait.Service).Should().Equal("api");
        topology.Find("api")!.Networks.Select(place => place.Network.Name).Should().Contain("edge");
        topology.Find("admin")!.Networks.Select(place => place.Network.Name).Should().NotContain("edge");
        topology.Find("admin")!.Ports.Single().ToString().Should().Be("127.0.0.1:9001→8000");
    }

    [Theory]
    [InlineData(
        "infra:proxy: {sites: {localhost: {}}}",
        "infra:proxy.sites.localhost: It has no routes, and there is more than one web server, or none. Say what leads where: routes: { /: web }."
    )]
    [InlineData(
        "",
        "infra:proxy.sites: There are several web servers: api, admin. Say what leads where: sites: { localhost: { routes: { /: api } } }."
    )]
    [InlineData(
        "infra:proxy: {sites: {localhost: {routes: {/: apy}}}}",
        "infra:proxy.sites.localhost.routes./: There is no service 'apy'. Did you mean 'api'?"
    )]
    public void Which_web_server_it_is_must_be_clear(string proxy, string message) =>
        Problems("prod", "api: {kind: web, command: serve}, admin: {kind: web, command: serve}", proxy).Should().EndWith(message);

    [Fact]
    public async Task Without_Celery_nothing_measures_it()
    {
        var topology = await GatherAsync(
            "prod",
            "redis: {}, web: {command: serve}, rq: {kind: process, command: rq worker, probe: {none: it has none}}"
        );

        topology.Find("celery-metrics").Should().BeNull();
        topology.Find("rq")!.Command.Should().Equal("rq", "worker");
        topology.Find("redis")!.Command.Should().NotContain("volatile-lru", "without RabbitMQ it is the broker");
    }

    [Fact]
    public async Task A_container_has_ports_volumes_folders_files_and_a_probe()
    {
        var mail = (await GatherAsync(
            "dev",
            "mail: {kind: container, image: \"axllent/mailpit:v1.27.1\", containerPort: 8025, ports: [\"18025:8025\"], volumes: {mail: /data}, "
                + "folders: {/etc/mail: config}, environment: {MP_DATABASE: /data/mail.db}, probe: {http: ':8025/livez'}}"
        )).Find("mail")!;

        mail.Image.Should().Be(new PinnedImage("axllent/mailpit", "v1.27.1"));
        mail.Ports.Should().Equal(new Port(8025, 18025));
        mail.Mounts.Should().Contain(new VolumeMount(new Volume("mail"), "/data")).And.Contain(new BindMount("config", "/etc/mail", ReadOnly: true));
        mail.Environment["MP_DATABASE"].ToString().Should().Be("/data/mail.db");
        mail.Environment.Keys.Should().NotContain("PYTHONUNBUFFERED");
        mail.Health!.Test.Should().Contain(word => word.Contains("8025", StringComparison.Ordinal));
        mail.Endpoint!.Url().ToString().Should().Be("http://mail:8025");
    }

    [Fact]
    public async Task What_is_switched_off_is_as_if_it_were_not_named()
    {
        var topology = await GatherAsync("dev", "redis: {enabled: false}, web: {command: serve}");

        topology.Services.Select(service => service.Name).Should().Equal("web");
        Problems("dev", "redis: {enabled: false}, web: {command: serve, environment: {A: \"{redis.url}\"}}").Should()
            .Contain("'{redis.url}' mentions a service that is not there.");
        Problems("dev", "web: {enabled: false}")
            .Should()
            .EndWith("infra:services: Every service is switched off, so nothing would run. Drop enabled: false from one.");
    }

    [Theory]
    [InlineData("process", "command: serve")]
    [InlineData("web", "command: serve")]
    [InlineData("worker", "command: celery -A shop.celery worker")]
    [InlineData("beat", "command: celery -A shop.celery beat, ask: schedule")]
    [InlineData("flower", "command: celery -A shop.celery flower")]
    public async Task What_does_not_reload_runs_its_command_and_code_as_the_image_has_them(string kind, string keys)
    {
        var topology = await GatherAsync(
            "dev",
            "redis: {}, live: {kind: process, command: serve}, "
                + $"fixed: {{kind: {kind}, {keys}, reload: false, environment: {{BROKER_URL: '{{redis.url}}'}}}}"
        );

        topology.Find("live")!.Mounts.OfType<BindMount>().Should().NotBeEmpty();
        var spec = topology.Find("fixed")!;
        spec.Mounts.OfType<BindMount>().Should().BeEmpty();
        string.Join(' ', spec.Command).Should().Be(CommandLineOf(keys));
        spec.Files.Should().NotContain(Reload.Program);
    }

    private static string CommandLineOf(string keys) => keys["command: ".Length..].Split(',')[0];

    [Theory]
    [InlineData("", "infra:services: It names no service, so nothing would run.")]
    [InlineData("webserver: {kind: wbe}", "infra:services.webserver.kind: There is no kind 'wbe'. Did you mean 'web'?")]
    [InlineData(
        "api: {command: serve}",
        "infra:services.api: It does not say what kind of service it is, and is not called after one. Write kind: one of "
    )]
    [InlineData("Web: {kind: web}", "infra:services.Web: 'Web' is not a service's name.")]
    [InlineData("secrets: {kind: web}", "infra:services.secrets: 'secrets' is not a service's name.")]
    [InlineData(
        "search: {kind: container}",
        "infra:services.search.image: It is not set. Write it with its version, such as axllent/mailpit:v1.27.1, or say"
    )]
    [InlineData("migrate: {kind: step}", "infra:services.migrate.command: A step does nothing without one. Write it: python3 manage.py migrate.")]
    [InlineData("worker: {}", "infra:services.worker.command: Its Celery application is not known.")]
    [InlineData("web: {command: serve, after: [redis]}", "infra:services.web.after: There is no service 'redis'.")]
    [InlineData("web: {command: serve, after: [web]}", "infra:services.web.after: It would wait for itself. Name another service, or drop it.")]
    [InlineData(
        "a: {kind: process, command: a, after: [b]}, b: {kind: process, command: b, after: [a]}",
        "infra:services.a: It waits for itself: a → b → a."
    )]
    [InlineData(
        "web: {command: serve, secrets: [KEY], environment: {KEY: a}}",
        "infra:services.web.secrets: KEY stands in environment, too. Drop one of the two."
    )]
    public void What_cannot_run_is_told(string services, string message) => Problems("dev", services).Should().Contain(message);

    [Theory]
    [InlineData("web", "Write it as infra:services.web.")]
    [InlineData("worker", "Write it as infra:services.worker; probe is now ask.")]
    [InlineData("beat", "Write it as infra:services.beat; probe is now ask.")]
    [InlineData("flower", "Write it as infra:services.flower; without enabled, since what is named runs; probe is now client.")]
    [InlineData("postgres", "Write it as infra:services.postgres.")]
    [InlineData("redis", "Write it as infra:services.redis; probe is now ask.")]
    [InlineData("rabbitmq", "Write it as infra:services.rabbitmq.")]
    [InlineData("probes", "Write each as infra:services.NAME.probe.")]
    [InlineData("gateway", "Write infra:proxy: { httpPort: PORT }; its body is maxBody of a site.")]
    [InlineData("proxy.domain", "Write infra:proxy.sites: { DOMAIN: {} }.")]
    [InlineData("proxy.web", "Write it into a site: infra:proxy.sites: { NAME: { routes: { /: WEB } } }.")]
    [InlineData("proxy.hidden", "Write it into a site: infra:proxy.sites: { NAME: { hidden: […] } }.")]
    [InlineData("proxy.maxBody", "Write it into a site: infra:proxy.sites: { NAME: { maxBody: SIZE } }, or into one of its routes.")]
    [InlineData("app.migrate", "Write a service of the kind step: infra:services.migrations: { kind: step, command: … }.")]
    [InlineData("app.variables", "Write them into infra:app.environment: *")]
    public void A_key_that_has_moved_says_where_to(string key, string then)
    {
        var line = key.Split('.') is [var section, var name] ? $"infra:{section}: {{ {name}: a }}" : $"infra:{key}: {{}}";

        Problems("dev", "web: {command: serve}", line).Should().Match($"Pulumi.dev.yaml:4:* infra:{key}: It has moved. {then}");
    }

    private static Task<Topology> GatherAsync(string environment, string services, string more = "") =>
        StackFactory.GatherAsync(SettingsOf.Exactly(Text(environment, services, more)));

    private static string Problems(string environment, string services, string more = "")
    {
        var read = () => SettingsOf.Exactly(Text(environment, services, more));
        return read.Should().Throw<Infra.Stacks.Configuration.SettingsException>().Which.Message;
    }

    private static string Text(string environment, string services, string more) =>
        $"config:\n  infra:environment: {environment}\n  infra:services: {{{services}}}\n  {more}\n";
}
