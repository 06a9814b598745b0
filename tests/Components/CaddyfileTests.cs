using Infra.Components;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class CaddyfileTests
{
    private static readonly ServiceSpec Behind = Web.Describe("web", new() { Image = new BuiltImage("app", "app"), Command = ["serve"] });

    [Theory]
    [InlineData("/plain", "/plain")]
    [InlineData("/two words", "\"/two words\"")]
    [InlineData("/{braces}", "\"/{braces}\"")]
    [InlineData("/a`b", "\"/a`b\"")]
    [InlineData("/a\"b", "`/a\"b`")]
    [InlineData("/a\\b", "`/a\\b`")]
    public void A_path_stays_one_word_whatever_is_in_it(string path, string word) => Hiding(path).Should().Contain($"\t\t@hidden path {word} ");

    [Fact]
    public void A_text_that_no_quotes_can_hold_is_refused() =>
        FluentActions
            .Invoking(() => Hiding("/a`\"b"))
            .Should()
            .Throw<ArgumentException>()
            .WithMessage("A Caddyfile has no way to write the text '/a`\"b'. Leave out its backquotes.");

    [Fact]
    public void Each_block_is_indented_below_its_head_and_closed() =>
        Written(new Site("localhost") { Tls = SiteTls.None, Hidden = [], Routes = [new RedirectRoute("/", "https://other.example.com")] })
            .Should()
            .EndWith(
                """
                http://localhost {
                	# A part of a file is a part of it as it is.
                	@whole not header Range *
                	encode @whole zstd gzip
                	header {
                		X-Content-Type-Options nosniff
                		?X-Frame-Options SAMEORIGIN
                		?Referrer-Policy strict-origin-when-cross-origin
                		-Server
                		-Via
                	}
                	# In this order, which Caddy would change without the block.
                	route {
                		route {
                			redir * https://other.example.com{uri} 308
                		}
                	}
                }

                """
            );

    private static string Hiding(string path) => Written(new Site("localhost") { Hidden = [path], Routes = [new ServiceRoute("/", "web")] });

    private static string Written(Site site) => Proxy.Describe("proxy", new() { Services = [Behind], Sites = [site] }).Text("Caddyfile");
}
