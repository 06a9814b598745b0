using Infra.Model;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>What <c>docs/applications.md#connections</c> says of references.</summary>
public sealed class ConnectionsTests
{
    [Theory]
    [InlineData("{postgres.url}", "postgresql://app:<postgres-password>@postgres:5432/app")]
    [InlineData("{postgresql+asyncpg://postgres.url}", "postgresql+asyncpg://app:<postgres-password>@postgres:5432/app")]
    [InlineData("{postgres.url?sslmode=disable}", "postgresql://app:<postgres-password>@postgres:5432/app?sslmode=disable")]
    [InlineData("{postgres.url/orders?sslmode=disable}", "postgresql://app:<postgres-password>@postgres:5432/orders?sslmode=disable")]
    [InlineData("{redis.url/1}", "redis://:<redis-password>@redis:6379/1")]
    [InlineData("{postgres.password}", "<postgres-password>")]
    [InlineData("https://shop:{secrets.payments}@pay.example.org", "https://shop:<payments>@pay.example.org")]
    public async Task A_text_with_a_secret_is_carried_as_a_file(string text, string value)
    {
        var web = await Web(text);

        var path = web.Environment["X_FILE"].ToString();
        web.Environment.Should().NotContainKey("X");
        web.Files.Single(file => file.Path == path).Content.ToString().Should().Be(value);
    }

    [Theory]
    [InlineData("{postgres.host}", "postgres")]
    [InlineData("{postgres.port}", "5432")]
    [InlineData("{postgres.address}", "postgres:5432")]
    [InlineData("{postgres.user}", "app")]
    [InlineData("{postgres.name}", "app")]
    [InlineData("host={postgres.host} dbname={postgres.name}", "host=postgres dbname=app")]
    [InlineData("{web.url}", "http://web:8000")]
    [InlineData("{{postgres.url}} and {this}", "{postgres.url} and {this}")]
    [InlineData("{\"json\": {\"a\": 1}}", "{\"json\": {\"a\": 1}}")]
    public async Task A_text_without_one_is_the_variable(string text, string value)
        => (await Web(text)).Environment["X"].ToString().Should().Be(value);

    [Theory]
    [InlineData("{postgres.password.file}", "<postgres-password>")]
    [InlineData("{redis.url.file}", "redis://:<redis-password>@redis:6379/0")]
    [InlineData("{secrets.payments.file}", "<payments>")]
    public async Task A_file_is_led_to_by_the_variable_itself(string text, string content)
    {
        var web = await Web(text);

        web.Files.Single(file => file.Path == web.Environment["X"].ToString()).Content.ToString().Should().Be(content);
    }

    [Theory]
    [InlineData("{postgres.url}", SecretForm.Url)]
    [InlineData("postgresql://{postgres.user}:{postgres.password}@{postgres.address}/app", SecretForm.Url)]
    [InlineData("password={postgres.password}", SecretForm.Line)]
    [InlineData("{postgres.password}", SecretForm.Bytes)]
    public async Task A_password_is_percent_encoded_in_a_URL_alone(string text, SecretForm form)
        => (await Web(text)).Files.SelectMany(file => file.Content.FormsOf(new Secret("postgres-password"))).Should().Equal(form);

    [Fact]
    public async Task With_export_the_process_gets_the_variable_itself()
    {
        var web = await Web("{postgres.url}", "delivery: export, ");

        web.Environment.Keys.Should().NotContain(["X", "X_FILE"]);
        string.Join(' ', web.CommandPrefix).Should().Contain("export X=");
    }

    private static async Task<ServiceSpec> Web(string text, string settings = "")
    {
        var yaml = "config:\n  infra:environment: dev\n  infra:services:\n    postgres: {}\n    redis: {}\n"
            + $"    web: {{ command: serve, {settings}environment: {{ X: '{text}' }} }}\n";
        return (await StackFactory.GatherAsync(SettingsOf.Exactly(yaml))).Find("web")!;
    }
}
