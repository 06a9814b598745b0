using Infra.Stacks.Configuration;

namespace Infra.Tests.Stacks;

public sealed class ReferenceTextTests
{
    [Theory]
    [InlineData("{postgres.url}", "postgres", "url", null, null, false)]
    [InlineData("{redis.url/1}", "redis", "url", null, "/1", false)]
    [InlineData("{redis.url/1?timeout=5}", "redis", "url", null, "/1?timeout=5", false)]
    [InlineData("{postgres.url?sslmode=require}", "postgres", "url", null, "?sslmode=require", false)]
    [InlineData("{postgresql+asyncpg://postgres.url}", "postgres", "url", "postgresql+asyncpg", null, false)]
    [InlineData("{postgres.password.file}", "postgres", "password", null, null, true)]
    [InlineData("{secrets.stripe-key}", "secrets", "stripe-key", null, null, false)]
    [InlineData("{secrets.stripe-key.file}", "secrets", "stripe-key", null, null, true)]
    [InlineData("{celery_worker.host}", "celery_worker", "host", null, null, false)]
    public void A_reference_has_these_parts(string text, string service, string what, string? scheme, string? path, bool isFile)
    {
        var parsed = ReferenceText.Parse(text);

        parsed.Parts.Should().Equal(new ReferenceHole(service, what, scheme, path, isFile));
        parsed.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("{\"a\": 1}")]
    [InlineData("{\"a\": {\"b.c\": [1, 2]}}")]
    [InlineData("{}")]
    [InlineData("{name}")]
    [InlineData("%(levelname)s {message}")]
    [InlineData("{Postgres.url}")]
    [InlineData("{ postgres.url }")]
    [InlineData("{postgres.url")]
    [InlineData("${HOME}")]
    public void Braces_around_anything_else_are_left_alone(string text) =>
        ReferenceText.Parse(text).Parts.Should().Equal(new LiteralPart(text));

    [Theory]
    [InlineData("{{postgres.url}}", "{postgres.url}")]
    [InlineData("a {{redis.host}} b", "a {redis.host} b")]
    public void Between_double_braces_it_stands_for_itself(string text, string itself) =>
        ReferenceText.Parse(text).Parts.Should().Equal(new LiteralPart(itself));

    [Fact]
    public void Texts_and_references_stand_side_by_side()
    {
        var parsed = ReferenceText.Parse("amqp://{rabbitmq.user}:{rabbitmq.password}@{rabbitmq.address}/");

        parsed.Holes.Select(hole => hole.What).Should().Equal("user", "password", "address");
        parsed.IsUrl.Should().BeTrue();
        ReferenceText.Parse("{rabbitmq.url}").IsUrl.Should().BeFalse();
    }
}
