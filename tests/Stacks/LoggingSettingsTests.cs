using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Compose;
using Infra.Tests.Support;
using Infra.Tests.Targets.Containers;

namespace Infra.Tests.Stacks;

public sealed class LoggingSettingsTests
{
    private const string Sys = "{driver: syslog, options: {syslog-address: \"udp://logs.example.org:514\"}}";

    [Theory]
    [InlineData("{}", "json-file", "max-file=3 max-size=10m")]
    [InlineData("{options: {max-size: 50m}}", "json-file", "max-file=3 max-size=50m")]
    [InlineData("{driver: local}", "local", "max-file=3 max-size=10m")]
    [InlineData("{driver: journald}", "journald", "tag={{.Name}}")]
    [InlineData(Sys, "syslog", "mode=non-blocking syslog-address=udp://logs.example.org:514 tag={{.Name}}")]
    [InlineData(
        "{driver: gelf, options: {gelf-address: \"udp://logs:12201\"}}",
        "gelf",
        "gelf-address=udp://logs:12201 mode=non-blocking tag={{.Name}}"
    )]
    [InlineData(
        "{driver: fluentd, options: {fluentd-address: \"logs:24224\"}}",
        "fluentd",
        "fluentd-address=logs:24224 fluentd-async=true mode=non-blocking tag={{.Name}}"
    )]
    [InlineData(
        "{driver: loki, options: {loki-url: \"http://logs:3100/loki/api/v1/push\", mode: blocking}}",
        "loki",
        "loki-url=http://logs:3100/loki/api/v1/push mode=blocking"
    )]
    [InlineData("{driver: \"grafana/loki-docker-driver:3.5.0\"}", "grafana/loki-docker-driver:3.5.0", "mode=non-blocking")]
    public void A_driver_has_its_options_and_what_is_safe(string setting, string driver, string options)
    {
        var logging = Read(setting).Logging;

        logging.Driver.Should().Be(driver);
        logging.Options.Select(option => $"{option.Key}={option.Value}").Should().Equal(options.Split(' '));
    }

    [Theory]
    [InlineData(
        "{driver: sislog}",
        "driver: 'sislog' is not a supported driver. Write one of awslogs, fluentd, gcplogs, gelf, json-file, "
            + "journald, local, loki, syslog, or a plugin's full name, such as grafana/loki-docker-driver:3.5.0."
    )]
    [InlineData("{driver: none}", "driver: 'none' is not a supported driver.*")]
    [InlineData("{driver: gelf}", "options: The driver gelf needs 'gelf-address', which is not there. Add gelf-address: …")]
    [InlineData("{driver: loki, options: {mode: blocking}}", "options: The driver loki needs 'loki-url', which is not there. Add loki-url: …")]
    public void What_loses_every_line_is_refused(string setting, string message)
        => SettingsOf.Problems(Text(setting)).Should().Match("Pulumi.dev.yaml* infra:logging." + message);

    [Fact]
    public async Task It_is_every_services_in_Compose_and_under_Pulumi()
    {
        var topology = await StackFactory.GatherAsync(Read(Sys));

        topology.Services.Should().OnlyContain(service => service.Logging!.Driver == "syslog");
        ComposeWriter.Write(topology, new ComposeOptions()).Should().Contain("""
            x-logging: &logging
              driver: syslog
              options:
                mode: non-blocking
                syslog-address: udp://logs.example.org:514
                tag: "{{.Name}}"

            """).And.NotContain("json-file");
        var container = await Host.ContainerAsync(AnyService.Named("web") with { Logging = topology.Services[0].Logging });
        container["logDriver"].Should().Be("syslog");
        container
            .Map("logOpts")
            .Should()
            .Contain("syslog-address", "udp://logs.example.org:514")
            .And.Contain("tag", "{{.Name}}")
            .And.NotContainKey("max-size");
    }

    private static Settings Read(string logging) => SettingsOf.Text(Text(logging));

    private static string Text(string logging) => $"config:\n  infra:environment: dev\n  infra:logging: {logging}\n";
}
