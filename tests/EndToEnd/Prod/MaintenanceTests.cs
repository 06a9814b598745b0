using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>The maintenance page, before one of two sites of one proxy.</summary>
[Collection(SitesCollection.Name)]
[Trait("Category", EndToEndCollection.Category)]
public sealed class MaintenanceTests(SitesStack stack) : IAsyncLifetime
{
    private const string Plain = "<h1>Down for maintenance</h1>";

    private const string Own = "<!doctype html><title>Back at noon</title>";

    private readonly SiteClient client = stack.Client();

    private Project Project => stack.Project;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        client.Dispose();
        if (!DevStack.IsSkipped) await Project.InfraAsync("maintenance", "prod", "off");
    }

    [EndToEndFact]
    public async Task Every_request_for_the_site_is_answered_with_the_page_until_it_is_taken_away_whatever_happens_to_the_proxy()
    {
        RequireUp();
        var on = await SucceedsAsync("maintenance", "prod", "on", "a.localhost", "--retry-after", "1800");

        await RequirePageAsync("1800");
        using var moved = await client.Http.GetAsync(new Uri("https://www.a.localhost/x"));
        using var other = await client.Http.GetAsync(new Uri("https://b.localhost/"));
        (moved.StatusCode, other.StatusCode).Should().Be((HttpStatusCode.PermanentRedirect, HttpStatusCode.Unauthorized), "they are no such site");
        (await PassingAsync(Regex.Match(on.Output, "maintenance-pass=[0-9a-f]{32}").Value)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await PassingAsync("maintenance-pass=")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await SucceedsAsync("status", "prod")).Output.Should().Contain("a.localhost: in maintenance since ");
        (await SucceedsAsync("status", "prod", "--routes")).Output.Should()
            .MatchRegex(@"a\.localhost/ +web .* 200, in maintenance ").And.MatchRegex(@"b\.localhost/ +web .* 401 ");

        await SucceedsAsync("restart", "prod", "proxy");
        await RequirePageAsync("1800");
        var before = (await Project.ServicesAsync())["proxy"].Id;
        Project.Set("proxy", "email", "ops@example.com");
        (await SucceedsAsync("up", "prod")).Output.Should().Contain("a.localhost: in maintenance since ");
        (await Project.ServicesAsync())["proxy"].Id.Should().NotBe(before, "what its file says has changed");
        await RequirePageAsync("1800");

        (await SucceedsAsync("maintenance", "prod", "off")).Output.Should()
            .Be("a.localhost: out of maintenance.\nb.localhost: It was not in maintenance.\n");
        (await SeenAsync()).Should().StartWith("200 {\"release\":");
    }

    [EndToEndFact]
    public async Task What_has_begun_goes_on_and_what_begins_gets_the_page()
    {
        RequireUp();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(client.Handler, disposeHandler: false);
        await socket.ConnectAsync(new Uri("wss://a.localhost/talk"), invoker, limit.Token);
        using var slow = stack.Client();
        // It is asked for the body when the request has reached its service.
        slow.Handler.Expect100ContinueTimeout = TimeSpan.FromMinutes(2);
        var body = new HeldContent();
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://a.localhost/upload") { Content = body };
        request.Headers.ExpectContinue = true;
        var answer = slow.Http.SendAsync(request, limit.Token);
        await body.Begun.WaitAsync(limit.Token);

        await SucceedsAsync("maintenance", "prod", "on");

        body.End();
        using var ended = await answer;
        JsonNode.Parse(await ended.Content.ReadAsStringAsync(limit.Token))!["size"]!.GetValue<int>().Should().Be(HeldContent.Size);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        var heard = await socket.ReceiveAsync(new byte[100], limit.Token);
        heard.MessageType.Should().Be(WebSocketMessageType.Text, "its connection stays");
        using var second = new ClientWebSocket();
        await FluentActions.Awaiting(() => second.ConnectAsync(new Uri("wss://a.localhost/talk"), invoker, limit.Token))
            .Should().ThrowAsync<WebSocketException>().WithMessage("*'503'*");
        await RequirePageAsync("600");
    }

    [EndToEndFact]
    public async Task A_deploy_that_asks_for_it_has_the_applications_own_page_before_the_sites_until_it_has_succeeded()
    {
        RequireUp();
        await File.WriteAllTextAsync(Project.PathOf("own.html"), Own);
        Project.Set("proxy", "maintenancePage", "own.html");
        Project.Set("services", "web.environment.DEPLOYED", "again");
        var before = (await Project.ServicesAsync())["web"].Id;

        var up = SucceedsAsync("up", "prod", "--maintenance");
        await Eventually.SeesAsync("the page", TimeSpan.FromMinutes(2), SeenAsync, seen => seen == "503 " + Own);

        var ended = await up;
        Project.Set("proxy", "maintenancePage", null);
        ended.Output.Should().Contain("a.localhost, b.localhost: in maintenance until this has succeeded.\n")
            .And.EndWith("a.localhost, b.localhost: out of maintenance.\n");
        (await Project.ServicesAsync())["web"].Id.Should().NotBe(before);
        (await SeenAsync()).Should().StartWith("200 {\"release\":");
    }

    private async Task<string> SeenAsync()
    {
        using var answer = await client.Http.GetAsync(new Uri("https://a.localhost/"));
        return FormattableString.Invariant($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task RequirePageAsync(string retryAfter)
    {
        (HttpMethod Method, string Path, string? Header, string Value)[] requests =
        [
            (HttpMethod.Get, "/", null, ""),
            (HttpMethod.Get, "/api/orders/?page=2", null, ""),
            (HttpMethod.Get, "/static/one.js", "Range", "bytes=0-9"),
            (HttpMethod.Get, "/media/", "If-None-Match", "*"),
            (HttpMethod.Get, "/old", "If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"),
            (HttpMethod.Post, "/upload", null, ""),
            (HttpMethod.Delete, "/orders/1", "If-Match", "\"x\""),
        ];
        foreach (var (method, path, header, value) in requests)
        {
            using var request = new HttpRequestMessage(method, new Uri($"https://a.localhost{path}"));
            if (header is not null) request.Headers.TryAddWithoutValidation(header, value);
            if (method == HttpMethod.Post) request.Content = new StringContent("a body");
            using var answer = await client.Http.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, $"{method} {path}");
            answer.Headers.GetValues("Retry-After").Should().Equal(retryAfter);
            answer.Headers.CacheControl!.NoStore.Should().BeTrue();
            answer.Content.Headers.ContentType.Should().Be(MediaTypeHeaderValue.Parse("text/html; charset=utf-8"));
            (await answer.Content.ReadAsStringAsync()).Should().Contain(Plain).And.EndWith("</html>\n");
        }

        using var head = await client.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "https://a.localhost/"));
        head.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    private async Task<HttpResponseMessage> PassingAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://a.localhost/");
        request.Headers.Add("Cookie", cookie);
        return await client.Http.SendAsync(request);
    }

    private async Task<CommandResult> SucceedsAsync(params string[] arguments)
    {
        var result = await Project.InfraAsync(arguments);
        result.ExitCode.Should().Be(0, $"{string.Join(' ', arguments)}:\n{result}");
        return result;
    }

    private void RequireUp() => stack.FirstUp.ExitCode.Should().Be(0, $"'./infra.sh up prod' must bring the stack up from nothing:\n{stack.FirstUp}");

    /// <summary>A body whose second half is sent when that is allowed.</summary>
    private sealed class HeldContent : HttpContent
    {
        public const int Size = 2000;

        private readonly TaskCompletionSource begun = new();
        private readonly TaskCompletionSource end = new();

        public Task Begun => begun.Task;

        public void End() => end.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var half = Encoding.ASCII.GetBytes(new string('x', Size / 2));
            await stream.WriteAsync(half);
            await stream.FlushAsync();
            begun.SetResult();
            await end.Task;
            await stream.WriteAsync(half);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Size;
            return true;
        }
    }
}
