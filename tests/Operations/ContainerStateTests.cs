using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class ContainerStateTests
{
    private static readonly ImmutableDictionary<string, string> None = ImmutableDictionary<string, string>.Empty;

    [Fact]
    public void Is_read_from_what_inspect_says()
    {
        var state = ContainerState.From(FakeContainers.Container("web"));

        (state with { Ports = default, Networks = None, Addresses = default, Binds = None }).Should().Be(new ContainerState
        {
            Id = "id-web",
            Name = "shop-dev-web",
            Service = "web",
            Engine = EngineKind.Compose,
            Created = new DateTimeOffset(2100, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(6789012),
            Status = "running",
            Health = "healthy",
            ImageId = "sha256:web",
            ConfigHash = "hash-web",
            ExitCode = 0,
            Restarts = 2,
            ProbeOutput = "connection refused",
            Ports = default,
            Networks = None,
            Addresses = default,
            Binds = None,
        });
        state.Networks.Should().Equal(new Dictionary<string, string> { ["shop-dev-default"] = "id-default" });
        state.Ports.Should().Equal("127.0.0.1:8000→8000");
    }

    [Theory]
    [InlineData("exited", 0, true, "completed")]
    [InlineData("exited", 1, false, "exited")]
    [InlineData("running", 0, false, "running")]
    [InlineData("created", 0, false, "created")]
    public void A_step_is_well_when_it_has_completed(string status, int exitCode, bool isWell, string word)
    {
        var state = ContainerState.From(FakeContainers.Step("migrations", status, exitCode));

        (state.IsWell, state.Word).Should().Be((isWell, word));
    }

    [Fact]
    public void A_container_with_next_to_nothing_is_read_too()
    {
        var state = ContainerState.From(
            JsonNode.Parse(
                """
                {"Id": "a", "Name": "/a", "Image": "i", "State": {"Status": "exited", "ExitCode": 7},
                 "Config": {"Labels": {"com.docker.compose.service": "job"}},
                 "HostConfig": {"PortBindings": {"53/udp": [{"HostIp": "", "HostPort": "53"}], "80/tcp": null}}}
                """
            )!
        );

        (state.Service, state.Engine, state.Health, state.ProbeOutput, state.ConfigHash, state.ExitCode, state.Word)
            .Should()
            .Be(("job", (EngineKind?)null, null, null, null, 7, "exited"));
        state.Ports.Should().Equal("0.0.0.0:53→53");
    }

    [Theory]
    [InlineData("running", "healthy", true, "healthy")]
    [InlineData("running", "none", true, "running")]
    [InlineData("running", "starting", false, "starting")]
    [InlineData("running", "unhealthy", false, "unhealthy")]
    [InlineData("exited", "healthy", false, "exited")]
    [InlineData("restarting", "none", false, "restarting")]
    public void Is_well_while_it_runs_and_its_probe_says_so(string status, string health, bool isWell, string word)
    {
        var state = ContainerState.From(FakeContainers.Container("web", health, status));

        (state.IsWell, state.Word).Should().Be((isWell, word));
    }
}
