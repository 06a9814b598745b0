using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Infra.Tests.EndToEnd.Prod;

[Collection(SitesCollection.Name)]
[Trait("Category", EndToEndCollection.Category)]
public sealed class SitesTests(SitesStack stack) : IDisposable
{
    private readonly SiteClient client = stack.Client();

    private Project Project => stack.Project;

    public void Dispose() => client.Dispose();

    [EndToEndFact]
    public async Task Each_site_has_its_own_certificate_and_its_own_users()
    {
        RequireUp();

        (await JsonAsync("https://a.localhost/shop"))["host"]!.GetValue<string>().Should().Be("a.localhost");
        client.Subject.Should().Be("CN=a.localhost");

        using var other = stack.Client();
        using var closed = await other.Http.GetAsync(new Uri("https://b.localhost/"));
        using var hidden = await other.Http.GetAsync(new Uri("https://b.localhost/secret/plan"));
        other.Subject.Should().Be("CN=b.localhost");
        (closed.StatusCode, hidden.StatusCode).Should().Be((HttpStatusCode.Unauthorized, HttpStatusCode.NotFound));

        foreach (var (password, status) in new[] { (SitesStack.Password, HttpStatusCode.OK), ("wrong", HttpStatusCode.Unauthorized) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "https://b.localhost/");
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"ops:{password}")));
            using var answer = await other.Http.SendAsync(request);
            answer.StatusCode.Should().Be(status);
        }
    }

    [EndToEndFact]
    public async Task A_path_reaches_its_service_with_or_without_itself_and_what_has_moved_is_found()
    {
        RequireUp();

        (await JsonAsync("https://a.localhost/apiary"))["path"]!.GetValue<string>().Should().Be("/apiary");
        (await JsonAsync("https://a.localhost/api/orders"))["path"]!.GetValue<string>().Should().Be("/orders");
        (await JsonAsync("https://a.localhost/api/orders"))["scheme"]!.GetValue<string>().Should().Be("https");
        foreach (var (from, to) in new[]
        {
            ("https://a.localhost/old", "/new"),
            ("https://a.localhost/old/x?y=1", "/new/x?y=1"),
            ("https://www.a.localhost/x?y=1", $"https://a.localhost:{Project.WebPort}/x?y=1"),
        })
        {
            using var moved = await client.Http.GetAsync(new Uri(from));
            (moved.StatusCode, moved.Headers.Location!.OriginalString).Should().Be((HttpStatusCode.PermanentRedirect, to));
        }
    }

    [EndToEndFact]
    public async Task Files_come_from_the_proxy_whole_and_in_parts_and_never_as_a_list()
    {
        RequireUp();
        await Engine.AskAsync("exec", (await Project.ServicesAsync())["web"].Id, "sh", "-c", "head -c 3000000 /dev/urandom >/app/media/photo");
        var sum = (await Engine.AskAsync("exec", (await Project.ServicesAsync())["web"].Id, "sha256sum", "/app/media/photo")).Split(' ')[0];

        using var whole = await client.Http.GetAsync(new Uri("https://a.localhost/media/photo"));
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        using var range = new HttpRequestMessage(HttpMethod.Get, "https://a.localhost/media/photo");
        range.Headers.Range = new RangeHeaderValue(1000, 1999);
        using var part = await client.Http.SendAsync(range);
        using var list = await client.Http.GetAsync(new Uri("https://a.localhost/media/"));
        using var none = await client.Http.GetAsync(new Uri("https://a.localhost/media/none"));
        using var script = await client.Http.GetAsync(new Uri("https://a.localhost/static/one.js"));

        Convert.ToHexStringLower(SHA256.HashData(bytes)).Should().Be(sum);
        part.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsByteArrayAsync()).Should().Equal(bytes[1000..2000]);
        (list.StatusCode, none.StatusCode).Should().Be((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        whole.Headers.CacheControl!.MaxAge.Should().Be(TimeSpan.FromHours(1));
        none.Headers.CacheControl.Should().BeNull("it may be there tomorrow");
        (await script.Content.ReadAsStringAsync()).Should().StartWith("// one\n");
        script.Headers.CacheControl!.MaxAge.Should().Be(TimeSpan.FromDays(365));
    }

    [EndToEndFact]
    public async Task Two_hundred_megabytes_pass_where_they_may_and_nowhere_else()
    {
        RequireUp();
        var body = new byte[200 * 1024 * 1024];
        Random.Shared.NextBytes(body);

        using var taken = await client.Http.PostAsync(new Uri("https://a.localhost/api/upload"), new ByteArrayContent(body));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://a.localhost/upload") { Content = new ByteArrayContent(body) };
        request.Headers.ExpectContinue = true;
        using var refused = await client.Http.SendAsync(request);

        var answer = JsonNode.Parse(await taken.Content.ReadAsStringAsync())!;
        answer["size"]!.GetValue<int>().Should().Be(body.Length);
        answer["sha256"]!.GetValue<string>().Should().Be(Convert.ToHexStringLower(SHA256.HashData(body)));
        refused.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [EndToEndFact]
    public async Task A_WebSocket_outlives_a_deploy_and_the_old_pages_still_find_their_files()
    {
        RequireUp();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(client.Handler, disposeHandler: false);
        await socket.ConnectAsync(new Uri("wss://a.localhost/talk"), invoker, limit.Token);
        var old = await TalkAsync(socket, limit.Token);
        await stack.ReleaseAsync("two");

        var up = Project.UpAsync();
        await Eventually.SeesAsync("the new version", TimeSpan.FromMinutes(2), () => JsonAsync("https://a.localhost/"),
            seen => seen["release"]!.GetValue<string>() == "two", () => Project.LogsAsync("web"));

        (await TalkAsync(socket, limit.Token)).Should().Be(old, "its container stays while it is in use");
        using var hidden = await client.Http.GetAsync(new Uri("https://a.localhost/metrics"), limit.Token);
        hidden.StatusCode.Should().Be(HttpStatusCode.NotFound, "while the proxy keeps to one container, too");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        await up;
        foreach (var file in new[] { "one", "two" })
            (await client.Http.GetStringAsync(new Uri($"https://a.localhost/static/{file}.js"), limit.Token)).Should().StartWith($"// {file}\n");
        (await Project.InfraAsync("status", "prod", "--routes")).Should().BeEquivalentTo(new { ExitCode = 0 });
        (await Project.LogsAsync("proxy")).Should().Contain("\"uri\":\"/metrics\"", "the log has each request");
    }

    private static async Task<string> TalkAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        var buffer = new byte[100];
        var answer = await socket.ReceiveAsync(buffer, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, answer.Count);
    }

    private async Task<JsonNode> JsonAsync(string address) => JsonNode.Parse(await client.Http.GetStringAsync(new Uri(address)))!;

    private void RequireUp() => stack.FirstUp.ExitCode.Should().Be(0, $"'./infra.sh up prod' must bring the stack up from nothing:\n{stack.FirstUp}");
}
