using Infra.Model;
using Infra.Operations.Statuses;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks.Services;

public sealed class ExternalKindTests
{
    [Theory]
    [InlineData("host: s3.example.com", "https://s3.example.com", "s3.example.com:443", TlsMode.VerifyFull)]
    [InlineData("host: s3.example.com, port: 9000", "https://s3.example.com:9000", "s3.example.com:9000", TlsMode.VerifyFull)]
    [InlineData("host: s3.example.com, scheme: http", "http://s3.example.com", "s3.example.com:80", TlsMode.Disable)]
    [InlineData("host: s3.example.com, tls: require", "https://s3.example.com", "s3.example.com:443", TlsMode.Require)]
    [InlineData("host: mail.example.com, scheme: smtp, port: 587", "smtp://mail.example.com:587", "mail.example.com:587", TlsMode.Disable)]
    [InlineData(
        "host: mail.example.com, scheme: smtps, port: 465, tls: verify-full", "smtps://mail.example.com:465", "mail.example.com:465",
        TlsMode.VerifyFull
    )]
    public async Task Nothing_runs_for_it_and_who_mentions_it_is_led_there(string keys, string url, string address, TlsMode tls)
    {
        var stack = await StackFactory.GatherAsync(Settings(keys));

        var web = stack.Services.Should().ContainSingle().Subject;
        web.WaitsFor.Should().BeEmpty();
        web.Variable("URL").Should().Be(url);
        web.Variable("ADDRESS").Should().Be(address);
        stack.Externals.Should().ContainSingle().Which.Tls.Should().Be(tls);
        Dependency.AllOf(stack).Should().ContainSingle().Which.Should().BeEquivalentTo(new { From = "web", To = "other" });
    }

    [Fact]
    public void Nobody_misses_a_backup_of_it()
    {
        var settings = Settings("host: s3.example.com", "prod");

        StackFactory.Review(settings, new Topology(settings.Naming, [])).Should().BeEmpty();
    }

    [Theory]
    [InlineData("port: 443", "other.host: It is not set.")]
    [InlineData("host: a.example.com, scheme: smtp", "other.port: It is not set, and 'smtp' does not say it.")]
    [InlineData("host: a.example.com, scheme: \"HTTPS:\"", "other.scheme: 'HTTPS:' is not a URL's scheme.")]
    [InlineData("host: a.example.com, memory: 1GiB", "other.memory: There is no such setting.")]
    [InlineData("host: a.example.com, tls: verify-ca", "other.ca: It is not set, and 'verify-ca' trusts what it signed.")]
    public void What_cannot_be_is_an_error(string keys, string error)
    {
        var parse = () => Settings(keys);

        parse.Should().Throw<SettingsException>().Which.Message.Should().Contain(error);
    }

    private static Settings Settings(string keys, string environment = "dev") => SettingsOf.Exactly($$"""
        config:
          infra:environment: {{environment}}
          infra:services:
            other: { kind: external, {{keys}} }
            web: { command: serve, environment: { URL: "{other.url}", ADDRESS: "{other.address}" } }

        """);
}
