using System.Net.WebSockets;
using System.Text;

namespace Infra.Tests.EndToEnd.Systems;

[Collection(CreatorHubCollection.Name)]
public sealed class CreatorHubLiveTests(CreatorHubStack stack) : LiveTest<CreatorHubStack>(stack)
{
    private static readonly string[] Own = ["auth-service", "creator-hub-service", "ai-engine-service", "channel-service"];

    [EndToEndFact]
    public async Task C1_a_request_through_the_gateway_reaches_a_service_that_needs_two_others()
    {
        var token = await TokenAsync();

        var channel = await Stack.PostAsync(
            "/channel/channels",
            new { name = "maps", about = "rivers and mountains, rivers and seas" },
            ("X-Token", token)
        );

        channel["owner"]!.GetValue<string>().Should().Be("ada", "the authentication says whose the token is");
        channel["keywords"]!.AsArray().Select(word => word!.GetValue<string>()).Should().StartWith("rivers", "the engine finds what it is about");
    }

    [EndToEndFact]
    public async Task C1_a_WebSocket_passes_the_gateway()
    {
        using var socket = new ClientWebSocket();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await socket.ConnectAsync(new Uri(FormattableString.Invariant($"ws://localhost:{Stack.Port}/channel/channels/maps/talk")), limit.Token);

        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        var buffer = new byte[100];
        var answer = await socket.ReceiveAsync(buffer, limit.Token);

        Encoding.UTF8.GetString(buffer, 0, answer.Count).Should().Be("maps: hello");
    }

    [EndToEndFact]
    public async Task C3_every_service_is_healthy_by_Pythons_own_urllib()
    {
        await AllAreHealthyAsync([.. Own, "postgres", "redis", "gateway"]);
        foreach (var name in Own)
        {
            var probe = (await Engine.InspectAsync(Project.Container(name)))["Config"]!["Healthcheck"]!;
            probe["Test"]!.AsArray().Select(word => word!.GetValue<string>()).Should().StartWith(["CMD", "python3", "-c"]);
            probe["Interval"]!.GetValue<long>().Should().Be(30_000_000_000);
        }
    }

    [EndToEndFact]
    public async Task C4_a_service_that_is_started_without_any_order_waits_by_itself()
    {
        var (auth, channel) = (Project.Container("auth-service"), Project.Container("channel-service"));
        await Engine.AskAsync("stop", auth, channel);

        await Engine.AskAsync("start", channel);
        await LogAsync(channel, "auth-service http://auth-service:8001/health try 2 after");
        (await Engine.AskAsync("logs", "--tail", "5", channel)).Should().NotContain("Application startup complete");
        await Engine.AskAsync("start", auth);

        await LogAsync(channel, "] all 4 answer after");
        await Project.IsAsync("auth-service", "healthy", 60);
        await Project.IsAsync("channel-service", "healthy", 60);
    }

    [EndToEndFact]
    public void C7_images_are_built_side_by_side_with_a_log_each()
    {
        var lines = Stack.FirstUp.Output.Split('\n');
        var firstBuilt = Array.FindIndex(lines, line => Own.Any(name => line.EndsWith($" image {name} built", StringComparison.Ordinal)));

        lines[..firstBuilt]
            .Count(line => Own.Any(name => line.EndsWith($" image {name} building", StringComparison.Ordinal)))
            .Should()
            .Be(Own.Length, Stack.FirstUp.ToString());
        foreach (var name in Own)
            File.ReadAllText(Project.PathOf(".infra", Project.Stack, "builds", name + ".log"))
                .Should()
                .Contain($"COPY --chown=app:app {name.Replace('-', '_')}")
                .And.Contain($"{Project.Container(name)}:latest");
    }

    [EndToEndFact]
    public async Task C7_what_is_not_reached_is_told_and_heal_brings_it_back()
    {
        (await StatusAsync("--deps")).ExitCode.Should().Be(0);
        (await StatusAsync("--routes")).ExitCode.Should().Be(0);
        // What is stopped is not started again by the engine.
        await Engine.AskAsync("stop", Project.Container("auth-service"));

        CommandResult dependencies = await StatusAsync("--deps");
        CommandResult routes = await StatusAsync("--routes");
        CommandResult healed = await Project.InfraAsync("heal", Project.Stack, "--once");

        dependencies.ExitCode.Should().Be(1, dependencies.ToString());
        dependencies
            .Output.Should()
            .MatchRegex(@"(?m)^channel-service +auth-service +auth-service:8001 +(?!HTTP)")
            .And.MatchRegex(@"(?m)^channel-service +redis +redis:6379 +TCP");
        routes.ExitCode.Should().Be(1, routes.ToString());
        routes
            .Output.Should()
            .MatchRegex(@"(?m)^localhost/auth +auth-service +\S+ +503 +\d+ +'auth-service' is not reached")
            .And.MatchRegex(@"(?m)^localhost/ai +ai-engine-service +\S+ +200 ");
        healed.ExitCode.Should().Be(0, healed.ToString());
        healed.Output.Should().Contain("\"service\":\"auth-service\",\"event\":\"ended\",\"action\":\"start\"");
        (await StatusAsync("--routes")).ExitCode.Should().Be(0);
    }

    [EndToEndFact]
    public async Task C9_each_service_counts_its_requests_over_all_its_processes()
    {
        foreach (var _ in Enumerable.Range(0, 20)) await Stack.GetAsync("/auth/tokens/none");

        foreach (
            var (name, port) in new[]
            {
                ("auth-service", 8001),
                ("creator-hub-service", 8002),
                ("ai-engine-service", 8003),
                ("channel-service", 8004),
            }
        )
        {
            var result = await Engine.AskAsync(
                "exec",
                Project.Container(name),
                "curl",
                "-s",
                FormattableString.Invariant($"http://localhost:{port}/metrics")
            );
            result.Should()
                .Contain("http_request_duration_seconds_bucket{")
                .And.MatchRegex("http_requests_total\\{method=\"GET\",route=\"/health\",status=\"200\"\\} [1-9]");
            if (name == "auth-service")
                result.Should().Contain("http_requests_total{method=\"GET\",route=\"/tokens/{token}\",status=\"401\"} 20.0");
        }

        (await Stack.GetAsync("/auth/metrics")).Should().BeEmpty("metrics do not pass the gateway");
    }

    private Task<CommandResult> StatusAsync(string report) => Project.InfraAsync("status", Project.Stack, report);

    private static Task<string> LogAsync(string container, string text) =>
        Eventually.SeesAsync(
            $"'{text}' in the log of {container}",
            TimeSpan.FromSeconds(60),
            async () => (await Engine.TryAsync("logs", "--since", "2m", container)).ToString(),
            log => log.Contains(text, StringComparison.Ordinal)
        );

    private async Task<string> TokenAsync() => (await Stack.PostAsync("/auth/tokens", new { user = "ada" }))["token"]!.GetValue<string>();
}
