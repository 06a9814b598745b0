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
                		# In maintenance while there is a page, whose name says in how many seconds to ask again, and what lets a request pass it.
                		@maintenance file {
                			root /var/tmp/maintenance/localhost
                			try_files /*.html
                		}
                		route @maintenance {
                			map {http.matchers.file.relative} {page} {retry} {pass} {
                				~^/*(([0-9]+)-([0-9a-f]+)[.]html)$ "/${1}" "${2}" "${3}"
                				default "/" "600" ""
                			}
                			@closed expression `{pass} == "" || {http.request.cookie.maintenance-pass} != {pass}`
                			route @closed {
                				header Retry-After {retry}
                				header Cache-Control no-store
                				request_header -Range
                				request_header -If-*
                				header -Accept-Ranges
                				header -Etag
                				header -Last-Modified
                				# Files are answered to this method alone.
                				method GET
                				rewrite * {page}
                				file_server {
                					root /var/tmp/maintenance/localhost
                					status 503
                					disable_canonical_uris
                					pass_thru
                				}
                				# It was taken away this moment.
                				respond 503
                			}
                		}
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
