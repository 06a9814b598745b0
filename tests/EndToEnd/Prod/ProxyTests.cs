using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Infra.Tests.EndToEnd.Prod;

public sealed class ProxyTests(ProdStack stack) : ProdTest(stack)
{
    [EndToEndFact]
    public async Task Its_certificate_is_of_its_own_authority_and_for_its_name()
    {
        var root = X509Certificate2.CreateFromPem(
            await Engine.AskAsync("exec", Project.Container("proxy"), "cat", "/var/tmp/caddy/pki/authorities/local/root.crt")
        );
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                SslOptions = new()
                {
                    CertificateChainPolicy = new()
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        CustomTrustStore = { root },
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                },
            }
        );

        using var answer = await client.GetAsync(new Uri(Shop.Address, "/health"));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [EndToEndFact]
    public async Task It_redirects_plain_HTTP_and_knows_no_other_name()
    {
        using var answer = await AskAsync(HttpMethod.Get, new Uri($"http://localhost:{Project.RedirectPort}/orders?limit=1"));
        using var other = await AskAsync(HttpMethod.Get, new Uri($"http://127.0.0.1:{Project.RedirectPort}/orders"));

        (answer.StatusCode, answer.Headers.Location).Should().Be((HttpStatusCode.PermanentRedirect, new Uri(Shop.Address, "/orders?limit=1")));
        other.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [EndToEndFact]
    public async Task It_adds_security_headers_and_says_nothing_of_what_serves()
    {
        using var answer = await AskAsync(HttpMethod.Get, new Uri(Shop.Address, "/orders"));

        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("X-Frame-Options").Should().Equal("SAMEORIGIN");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("strict-origin-when-cross-origin");
        answer.Headers.Contains("Server").Should().BeFalse();
        answer.Headers.Contains("Via").Should().BeFalse();
    }

    [EndToEndFact]
    public async Task Metrics_stay_inside_and_a_body_has_a_bound()
    {
        foreach (var path in new[] { "/metrics", "/metrics/", "/METRICS", "/%6detrics", "//metrics" })
        {
            using var hidden = await AskAsync(HttpMethod.Get, new Uri(Shop.Address.GetLeftPart(UriPartial.Authority) + path));
            hidden.StatusCode.Should().Be(HttpStatusCode.NotFound, path);
        }

        using var large = await AskAsync(
            HttpMethod.Post,
            new Uri(Shop.Address, "/orders"),
            new StringContent(new string(' ', 11 * 1024 * 1024), Encoding.UTF8, "application/json")
        );
        large.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await Engine.AskAsync("exec", (await Project.ServicesAsync())["web"].Id, "curl", "-fs", "http://127.0.0.1:8000/metrics"))
            .Should()
            .Contain("http_requests_total");
    }

    [EndToEndFact]
    public async Task It_reaches_web_and_nothing_that_holds_data()
    {
        (await FromProxyAsync("http://web:8000/health")).ExitCode.Should().Be(0, "web is what it is for");
        foreach (var (service, port) in new[] { ("postgres", 5432), ("redis", 6379), ("rabbitmq", 5672) })
        {
            (await FromProxyAsync($"http://{service}:{port}/")).Error.Should().Contain("bad address", "the name is not even known there");
            var networks = (await Engine.InspectAsync(Project.Container(service)))["NetworkSettings"]!["Networks"]!.AsObject();
            var address = networks.Single().Value!["IPAddress"]!.GetValue<string>();
            (await FromProxyAsync($"http://{address}:{port}/")).Error.Should().ContainAny("timed out", "unreachable");
        }
    }

    [EndToEndFact]
    public async Task What_holds_data_reaches_nothing_outside_and_is_published_when_asked_for()
    {
        (await Engine.InspectAsync($"{Project.Label}-data", "network"))["Internal"]!.GetValue<bool>().Should().BeTrue();
        var port = Project.SetPort("services", "postgres.port");
        try
        {
            await Project.UpAsync();

            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            await OrderAndWaitAsync("a key");
        }
        finally
        {
            Project.Set("services", "postgres.port", null);
        }
    }

    private Task<CommandResult> FromProxyAsync(string address) =>
        Engine.TryAsync("exec", Project.Container("proxy"), "wget", "-q", "-T", "2", "-O", "/dev/null", address);

    private static async Task<HttpResponseMessage> AskAsync(HttpMethod method, Uri address, HttpContent? content = null)
    {
        using var client = new HttpClient(
            new HttpClientHandler
            {
                AllowAutoRedirect = false,
                ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
            }
        );
        using var request = new HttpRequestMessage(method, address) { Content = content };
        // A refusal may come, and the connection end, before a body is through: it is asked for first.
        request.Headers.ExpectContinue = content is not null;
        return await client.SendAsync(request);
    }
}
