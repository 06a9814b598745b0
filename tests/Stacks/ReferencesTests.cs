using Infra.Model;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>What stands in a variable that mentions another service, as <c>docs/applications.md#connections</c> says.</summary>
public sealed class ReferencesTests
{
    [Theory]
    [InlineData("{postgres.host}", "postgres")]
    [InlineData("{postgres.port}", "5432")]
    [InlineData("{postgres.address}", "postgres:5432")]
    [InlineData("{postgres.user}", "app")]
    [InlineData("{postgres.name}", "app")]
    [InlineData("{web.url}", "http://web:8000")]
    [InlineData("http://{web.address}/{postgres.name}", "http://web:8000/app")]
    [InlineData("{{postgres.host}}", "{postgres.host}")]
    [InlineData("{{postgres.url}} and {this}", "{postgres.url} and {this}")]
    [InlineData("host={postgres.host} dbname={postgres.name}", "host=postgres dbname=app")]
    [InlineData("{\\\"json\\\": {\\\"a\\\": 1}}", "{\"json\": {\"a\": 1}}")]
    public async Task An_attribute_without_a_secret_is_a_plain_variable(string text, string value)
    {
        (await GatherAsync(text)).Find("own")!.Environment["KEY"].ToString().Should().Be(value);
    }

    [Theory]
    [InlineData("{postgres.url}", "postgresql://app:{postgres-password:Url}@postgres:5432/app")]
    [InlineData("{postgresql+asyncpg://postgres.url}", "postgresql+asyncpg://app:{postgres-password:Url}@postgres:5432/app")]
    [InlineData("{postgres.url?sslmode=disable}", "postgresql://app:{postgres-password:Url}@postgres:5432/app?sslmode=disable")]
    [InlineData("{postgres.url/orders?sslmode=disable}", "postgresql://app:{postgres-password:Url}@postgres:5432/orders?sslmode=disable")]
    [InlineData("{redis.url/1}", "redis://:{redis-password:Url}@redis:6379/1")]
    [InlineData("{redis.url/1}{{}}", "redis://:{redis-password:Url}@redis:6379/1{{}}")]
    [InlineData("https://shop:{secrets.payments}@pay.example.org", "https://shop:{payments:Url}@pay.example.org")]
    [InlineData("{postgres.password}", "{postgres-password:Bytes}")]
    [InlineData("host={postgres.host} password={postgres.password}", "{postgres-password:Line}")]
    [InlineData("postgresql://{postgres.user}:{postgres.password}@{postgres.host}/app", "postgresql://app:{postgres-password:Url}@postgres/app")]
    [InlineData("{secrets.stripe-key}", "{stripe-key:Bytes}")]
    public async Task What_has_a_secret_is_a_file_and_a_password_in_a_URL_is_encoded(string text, string content)
    {
        var own = (await GatherAsync(text)).Find("own")!;

        own.Environment.Should().NotContainKey("KEY");
        own.Environment["KEY_FILE"].ToString().Should().Be("/run/secrets/key");
        Written(own.Files.Single(file => file.Name == "key").Content).Should().EndWith(content);
    }

    [Fact]
    public async Task With_export_the_process_gets_the_variable_itself()
    {
        var yaml = Text("{postgres.url}").Replace("serve, environment", "serve, delivery: export, environment", StringComparison.Ordinal);

        var own = (await StackFactory.GatherAsync(SettingsOf.Exactly(yaml))).Find("own")!;

        own.Environment.Keys.Should().NotContain(["KEY", "KEY_FILE"]);
        string.Join(' ', own.CommandPrefix).Should().Contain("export KEY=");
    }

    [Theory]
    [InlineData("{redis.url.file}", "/run/secrets/redis.url", "redis://:{redis-password:Url}@redis:6379/0")]
    [InlineData("{postgres.password.file}", "/run/secrets/postgres.password", "{postgres-password:Bytes}")]
    [InlineData("{secrets.stripe-key.file}", "/run/secrets/secrets.stripe-key", "{stripe-key:Bytes}")]
    public async Task The_path_of_a_file_is_no_secret(string text, string path, string content)
    {
        var own = (await GatherAsync(text)).Find("own")!;

        own.Environment["KEY"].ToString().Should().Be(path);
        Written(own.Files.Single(file => file.Path == path).Content).Should().Be(content);
    }

    [Fact]
    public async Task A_file_holds_the_plain_password_although_its_path_stands_in_a_URL()
    {
        var own = (await GatherAsync("file://{postgres.password.file}")).Find("own")!;

        own.Environment["KEY"].ToString().Should().Be("file:///run/secrets/postgres.password");
        Written(own.Files.Single(file => file.Name == "postgres.password").Content).Should().Be("{postgres-password:Bytes}");
    }

    [Fact]
    public async Task A_variable_that_is_called_as_a_reference_has_a_file_of_its_own()
    {
        var own = (await StackFactory.GatherAsync(SettingsOf.Exactly(
            """
            config:
              infra:environment: dev
              infra:services:
                postgres: {}
                own:
                  kind: process
                  command: serve
                  probe: { tcp: 1 }
                  environment: { POSTGRES_URL: "{a://postgres.url}", PATH_OF: "{postgres.url.file}" }

            """
        ))).Find("own")!;

        own.Files.Select(file => file.Path).Should().OnlyHaveUniqueItems();
        Written(own.Files.Single(file => file.Path == own.Environment["PATH_OF"].ToString()).Content).Should().StartWith("postgresql://");
        Written(own.Files.Single(file => file.Path == own.Environment["POSTGRES_URL_FILE"].ToString()).Content).Should().StartWith("a://");
    }

    [Fact]
    public async Task Two_URLs_of_one_service_are_two_files()
    {
        var own = (await GatherAsync("{redis.url.file/1} {redis.url.file/2}")).Find("own")!;

        var files = own.Files.Where(file => file.Name.StartsWith("redis.url-", StringComparison.Ordinal)).Select(file => Written(file.Content));
        files.Select(content => content[^2..]).Order().Should().Equal("/1", "/2");
    }

    [Fact]
    public void What_has_no_port_has_no_address() =>
        SettingsOf.Problems("""
            config:
              infra:environment: dev
              infra:services:
                mail: { kind: container, image: "acme/mail:1", probe: { tcp: 25 } }
                web: { command: serve, environment: { MAIL: "{mail.url}" } }

            """)
            .Should().Contain("infra:services.web.environment.MAIL: '{mail.url}': 'mail' says no port. Set infra:services.mail.containerPort.");

    [Fact]
    public async Task What_is_mentioned_is_waited_for_and_nothing_else()
    {
        var topology = await GatherAsync("{postgres.url} {own.host}");

        topology.Find("own")!.Environment.Should().NotContainKey("KEY");
        topology.Find("own")!.WaitsFor.Select(wait => wait.Service).Should().Equal("postgres");
    }

    [Theory]
    [InlineData("{postgre.url}", "'{postgre.url}' mentions a service that is not there. Did you mean 'postgres'?")]
    [InlineData("{own.url}", "'{own.url}': a step has no url. It has: host.")]
    [InlineData("{postgres.adress}", "'{postgres.adress}' asks for something that no service has.")]
    [InlineData("{postgres.host/1}", "'{postgres.host/1}' has a scheme or a path, which only a URL has.")]
    public void What_nobody_has_is_told_where_it_is_written(string text, string message) =>
        SettingsOf.Problems(Text(text).Replace("kind: process", "kind: step", StringComparison.Ordinal)).Should()
            .StartWith("Pulumi.dev.yaml:7:53 infra:services.own.environment.KEY: " + message);

    [Fact]
    public void What_all_processes_have_is_told_once() =>
        SettingsOf.Problems("config:\n  infra:environment: dev\n  infra:app:\n    environment: { KEY: \"{nobody.url}\" }\n").Split('\n').Should()
            .ContainSingle().Which.Should().StartWith("Pulumi.dev.yaml:4:20 infra:app.environment.KEY: '{nobody.url}' mentions a service");

    private static string Written(Template template) => template.Secrets.Aggregate(
        template.ToString(),
        (text, secret) => text.Replace($"<{secret}>", $"{{{secret}:{template.FormsOf(secret).First()}}}", StringComparison.Ordinal)
    );

    private static Task<Topology> GatherAsync(string text) => StackFactory.GatherAsync(SettingsOf.Exactly(Text(text)));

    private static string Text(string text) =>
        $$$"""
        config:
          infra:environment: dev
          infra:services:
            postgres: {}
            redis: {}
            web: {command: serve}
            own: {kind: process, command: serve, environment: {KEY: "{{{text}}}"}}

        """;
}
