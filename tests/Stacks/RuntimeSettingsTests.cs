using Infra.Model;
using Infra.Stacks;
using Infra.Targets.Compose;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>What any service can be told of its container.</summary>
public sealed class RuntimeSettingsTests
{
    private const string All =
        """
        config:
          infra:environment: dev
          infra:services:
            worker:
              ulimits: { nofile: 10240, memlock: { soft: -1, hard: -1 }, nproc: { soft: "64", hard: 128 } }
              devices: [/dev/dri, "/dev/ttyUSB0:/dev/modem:rw"]
              gpus: 2
              extraHosts: { host.docker.internal: host-gateway, db.example.org: 10.0.0.5 }
              dns: [10.0.0.2]
              sysctls: { net.core.somaxconn: 1024 }
              timeZone: Europe/Madrid
              tmpfs: { /run/scratch: 16MiB }
              networks: [search]
              logging: { driver: local, options: { max-size: 5m } }
              folders: { /etc/app: "config:rw,Z", /etc/other: "other:z", /etc/plain: "plain:ro" }
        """;

    [Fact]
    public async Task Reach_the_service()
    {
        var worker = (await StackFactory.GatherAsync(SettingsOf.Text(All))).Find("worker")!;

        worker.Ulimits.Should().BeEquivalentTo(
            new Dictionary<string, Ulimit>
            {
                ["memlock"] = new(-1, -1),
                ["nofile"] = new(10240, 10240),
                ["nproc"] = new(64, 128),
            }
        );
        worker.Devices.Should().Equal(new Device("/dev/dri", "/dev/dri"), new Device("/dev/ttyUSB0", "/dev/modem", "rw"));
        worker.Gpus.Should().Be(new Gpus(2));
        worker.ExtraHosts.Should().HaveCount(2).And.Contain("db.example.org", "10.0.0.5").And.Contain("host.docker.internal", "host-gateway");
        worker.Dns.Should().Equal("10.0.0.2");
        worker.Sysctls.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("net.core.somaxconn", "1024"));
        worker.Environment["TZ"].ToString().Should().Be("Europe/Madrid");
        worker.Mounts.Should().Contain(new TmpfsMount("/run/scratch", Size.MiB(16))).And.Contain(new TmpfsMount("/tmp", Size.MiB(64)));
        worker.Networks.Select(place => place.Network).Should().Equal(Network.Default, new Network("search"));
        worker.Logging!.Driver.Should().Be("local");
        worker.Logging.Options.Should().Contain("max-size", "5m").And.Contain("max-file", "3");
        worker.Mounts.OfType<BindMount>().Where(mount => mount.Target.StartsWith("/etc/", StringComparison.Ordinal)).Should().Equal(
            new BindMount("config", "/etc/app") { Relabel = Relabel.Private },
            new BindMount("other", "/etc/other", ReadOnly: true) { Relabel = Relabel.Shared },
            new BindMount("plain", "/etc/plain", ReadOnly: true)
        );
    }

    [Fact]
    public async Task Leave_the_other_services_as_they_are()
    {
        var beat = (await StackFactory.GatherAsync(SettingsOf.Text(All))).Find("beat")!;

        (beat.Gpus, beat.Platform, beat.Devices.Length, beat.Dns.Length).Should().Be((null, null, 0, 0));
        beat.Networks.Select(place => place.Network).Should().Equal(Network.Default);
        beat.Logging!.Driver.Should().Be("json-file");
    }

    [Fact]
    public async Task Keep_a_service_of_prod_on_the_networks_of_the_stack()
    {
        var settings = SettingsOf.Text("config:\n  infra:environment: prod\n  infra:services:\n    redis:\n      networks: [search]\n", "prod");

        (await StackFactory.GatherAsync(settings)).Find("redis")!.Networks.Select(place => place.Network).Should()
            .Equal(new Network("data", Internal: true), new Network("search"));
    }

    [Fact]
    public async Task Keep_a_service_of_a_system_on_its_network()
    {
        var settings = SettingsOf.Exactly(
            """
            config:
              infra:environment: dev
              infra:system: marketplace
              infra:app: { celery: marketplace }
              infra:services: { redis: { networks: [search], gpus: all }, web: { command: serve } }
            """
        );

        var redis = (await StackFactory.GatherAsync(settings)).Find("redis")!;
        redis.Networks.Select(place => place.Network.Name).Should().Equal("app-network", "search");
        redis.Gpus.Should().Be(new Gpus());
    }

    [Fact]
    public async Task Are_written_for_compose()
    {
        var yaml = ComposeWriter.Write(await StackFactory.GatherAsync(SettingsOf.Text(All)), new ComposeOptions());

        foreach (var line in new[] { "host.docker.internal: host-gateway", "selinux: Z", "nofile: 10240", "/dev/ttyUSB0:/dev/modem:rw", "count: 2" })
            yaml.Should().Contain(line);
    }

    [Theory]
    [InlineData("ulimits: { nofiles: 1 }", "infra:services.worker.ulimits.nofiles: Engines know no limit 'nofiles'. Did you mean 'nofile'?")]
    [InlineData(
        "ulimits: { nofile: many }",
        "ulimits.nofile: 'many' is not a limit. Write a number, or { soft: NUMBER, hard: NUMBER } with soft up to hard; -1 is without limit."
    )]
    [InlineData("ulimits: { nofile: { soft: 2, hard: 1 } }", "ulimits.nofile: This is not a limit.")]
    [InlineData("ulimits: { nofile: { soft: -1, hard: 1 } }", "ulimits.nofile: This is not a limit.")]
    [InlineData("ulimits: { nofile: { soft: 2 } }", "ulimits.nofile: This is not a limit.")]
    [InlineData("ulimits: [nofile]", "ulimits: This is not a map of limits to a number, or to { soft: …, hard: … }.")]
    [InlineData("devices: [dri]", "devices[0]: 'dri' is not a device. Write /dev/NAME,")]
    [InlineData("devices: [\"/dev/dri:/dev/dri:x\"]", "devices[0]: '/dev/dri:/dev/dri:x' is not a device.")]
    [InlineData("gpus: 0", "gpus: '0' is not all, or a whole number from 1 to 64.")]
    [InlineData("extraHosts: { db: nowhere }", "extraHosts.db: 'nowhere' is not an address. Write an IP address, or host-gateway for this machine.")]
    [InlineData("extraHosts: { \"a b\": 10.0.0.1 }", "'a b' is not a host's name.")]
    [InlineData("dns: [\"10\"]", "dns: '10' is not an address. Write an IP address: 10.0.0.2.")]
    [InlineData("sysctls: { vm.overcommit_memory: \"1\" }", "sysctls.vm.overcommit_memory: 'vm.overcommit_memory' is the whole machine's,")]
    [InlineData("platform: amd64", "platform: 'amd64' is not a platform. Write it as images do: linux/amd64, linux/arm/v7.")]
    [InlineData("timeZone: Europe / Madrid", "timeZone: 'Europe / Madrid' is not a time zone.")]
    [InlineData("timeZone: UTC\n      environment: { TZ: UTC, DATABASE_URL: x }", "timeZone: TZ stands in environment, too. Drop one of the two.")]
    [InlineData("tmpfs: { /tmp: 1MiB }", "tmpfs./tmp: The size of /tmp has a key of its own. Write it as temporary.")]
    [InlineData("tmpfs: { run: 1MiB }", "tmpfs.run: 'run' is not an absolute path in the container.")]
    [InlineData("tmpfs: { /run/x: much }", "tmpfs./run/x: 'much' is not a size")]
    [InlineData("networks: [data]", "networks: 'data' is what stacks call a network of their own.")]
    [InlineData("networks: [Search]", "networks: 'Search' is not a network's name.")]
    [InlineData("logging: { driver: nowhere }", "logging.driver: 'nowhere' is not a supported driver.")]
    public void Say_what_is_wrong(string setting, string message) =>
        SettingsOf.Problems($"config:\n  infra:environment: dev\n  infra:services:\n    worker:\n      {setting}\n").Should().Contain(message);

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public async Task Refuse_the_names_of_every_network_of_a_stack(string environment)
    {
        var settings = SettingsOf.Text($"config: {{infra:environment: {environment}}}", environment);
        foreach (var network in (await StackFactory.GatherAsync(settings)).Networks)
            SettingsOf.Problems($"config:\n  infra:environment: dev\n  infra:services:\n    worker:\n      networks: [{network.Name}]\n")
                .Should().Contain("a network of their own");
    }
}
