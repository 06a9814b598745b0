using Infra.Components;
using Infra.Model;

namespace Infra.Tests.Components;

public sealed class CaddyfileTests
{
    private static readonly ServiceSpec Site = Web.Describe("web", new() { Image = new BuiltImage("app", "app"), Command = ["serve"] });

    [Theory]
    [InlineData("/plain", "/plain")]
    [InlineData("/two words", "\"/two words\"")]
    [InlineData("/{braces}", "\"/{braces}\"")]
    [InlineData("/a`b", "\"/a`b\"")]
    [InlineData("/a\"b", "`/a\"b`")]
    [InlineData("/a\\b", "`/a\\b`")]
    public void A_path_stays_one_word_whatever_is_in_it(string path, string word) => Hiding(path).Should().Contain($"\t@hidden path {word} ");

    [Fact]
    public void A_text_that_no_quotes_can_hold_is_refused() =>
        FluentActions
            .Invoking(() => Hiding("/a`\"b"))
            .Should()
            .Throw<ArgumentException>()
            .WithMessage("A Caddyfile has no way to write the text '/a`\"b'. Leave out its backquotes.");

    [Fact]
    public void Each_block_is_indented_below_its_head_and_closed() =>
        Gateway
            .Describe("gateway", new() { Routes = [new GatewayRoute("/shop", Site)] })
            .Files.Single()
            .Content.ToString()
            .Should()
            .Be(
                """
                {
                	admin off
                	auto_https off
                }
                :8080 {
                	request_body {
                		max_size 33554432
                	}
                	respond /health 200
                	redir /shop /shop/ 308
                	handle_path /shop/* {
                		reverse_proxy web:8000
                	}
                	respond "No service answers here." 404
                }

                """
            );

    private static string Hiding(string path) =>
        Proxy.Describe("proxy", new() { Upstream = Site, Hidden = [path] }).Files.Single().Content.ToString();
}
