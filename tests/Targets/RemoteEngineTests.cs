using Infra.Model;
using Infra.Operations.Engine;
using Infra.Targets;
using Infra.Tests.Support;

namespace Infra.Tests.Targets;

[Collection(EnvironmentCollection.Name)]
public sealed class RemoteEngineTests
{
    private const string Far = "ssh://deploy@example.org";

    private static readonly ServiceSpec Web = AnyService.Named("web") with
    {
        Mounts = [new BindMount("app/src", "/app/src", ReadOnly: true), new BindMount("/proc", "/host/proc", ReadOnly: true)],
    };

    [Theory]
    [InlineData(Far, true)]
    [InlineData("tcp://10.0.0.7:2376", true)]
    [InlineData("unix:///var/run/docker.sock", false)]
    [InlineData("npipe:////./pipe/docker_engine", false)]
    [InlineData("tcp://127.0.0.1:2375", false)]
    [InlineData("tcp://localhost:2375", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Another_machine_is_told_from_this_one(string? host, bool remote) => RemoteEngine.IsRemote(host).Should().Be(remote);

    [Fact]
    public void A_folder_of_the_project_cannot_be_mounted_there()
        => RemoteEngine.Mounts(Specs.Topology(Web), Far).Select(finding => finding.ToString()).Should().Equal(
            $"error REMOTE-ENGINE web: It mounts 'app/src' of this machine, and the engine is on another one ({Far}). "
            + "Bring the stack up on an engine of this machine, or run the image's own code, as a prod stack does.");

    [Fact]
    public void On_this_machine_it_can() =>
        RemoteEngine.ThroughCompose(Specs.Topology(Web with { Files = [new("a", "b")] }), null).Should().BeEmpty();

    [Fact]
    public void Compose_mounts_files_too()
        => RemoteEngine.ThroughCompose(Specs.Topology(AnyService.Named("redis") with { Files = [new("a", "b")] }), Far).Should().ContainSingle()
            .Which.What.Should().Be($"Compose mounts its files from this machine, and the engine is on another one ({Far}).");

    [Fact]
    public void Pulumi_takes_it_from_its_configuration_before_the_environment()
    {
        using var variables = new EnvironmentVariables();
        variables["DOCKER_HOST"] = "tcp://10.0.0.7:2376";

        EngineAddress.OfPulumi($$"""{"docker:host": "{{Far}}"}""").Should().Be(Far);
        EngineAddress.OfPulumi("""{"infra:environment": "dev"}""").Should().Be("tcp://10.0.0.7:2376");
    }

    [Theory]
    [InlineData("dev", 2)]
    [InlineData("prod", 2)]
    public async Task Up_through_Compose_creates_nothing_there(string stack, int code)
    {
        using var run = new CommandLineRun(FakeShell.WithEngine().On("docker context inspect", Far + "\n").On("docker pull"));
        foreach (var secret in new[] { "postgres-password", "redis-password", "rabbitmq-password", "grafana-password" })
            run.Write($".secrets/{stack}/{secret}", "x");

        (await run.RunAsync("up", stack, "--images", "registry")).Should().Be(code);

        run.Error.Should().Contain("error REMOTE-ENGINE postgres: Compose mounts its files").And.Contain(Far);
        run.Shell.Changes.Should().BeEmpty();
    }
}
