using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Infra.Tests.EndToEnd;

/// <summary>What <c>up</c> refuses after a look at the engine: with a sentence, before anything is made.</summary>
public sealed class BadInputTests(DevStack stack) : EndToEndTest(stack), IAsyncLifetime
{
    private Project other = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        other = Project.Make();
    }

    async Task IAsyncLifetime.DisposeAsync() => await other.DisposeAsync();

    [EndToEndFact]
    public async Task D10_a_port_that_a_process_has_is_refused_with_the_process_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, other.WebPort);
        listener.Start();

        await RefusesAsync($"web: Port 127.0.0.1:{other.WebPort} is taken by the process ", $"(pid {Environment.ProcessId})", "Pulumi.dev.yaml");
    }

    [EndToEndFact]
    public async Task D10_a_port_that_a_container_has_is_refused_with_the_container_named()
    {
        other.Set("services", "web.port", Project.WebPort.ToString(CultureInfo.InvariantCulture));

        await RefusesAsync($"web: Port 127.0.0.1:{Project.WebPort} is taken by the container '{Project.Container("web")}'");
    }

    [EndToEndFact]
    public async Task All_taken_ports_are_named_at_once()
    {
        other.Set("services", "web.port", Project.WebPort.ToString(CultureInfo.InvariantCulture));
        other.Set("services", "postgres.port", Stack.PostgresPort.ToString(CultureInfo.InvariantCulture));

        await RefusesAsync("web: Port", "postgres: Port");
    }

    [EndToEndFact]
    public async Task A_network_of_the_other_engine_is_refused_with_the_down_to_run()
    {
        await Engine.AskAsync(
            "network",
            "create",
            "--label",
            $"infra.stack={other.Label}",
            "--label",
            "infra.engine=pulumi",
            $"{other.Label}-default"
        );

        await RefusesAsync($"{other.Label}-default", "engine 'pulumi'", "./infra.sh down dev --engine pulumi");
    }

    [EndToEndFact]
    public async Task A_container_of_the_other_engine_is_refused_with_the_down_to_run()
    {
        await Engine.AskAsync("create", "--name", other.Container("web"), "--label", $"infra.stack={other.Label}", "--label", "infra.engine=pulumi",
            "--label", "infra.service=web", "--entrypoint", "true", Project.AppImage);

        await RefusesAsync(["up", "dev"], other.Label, "It was deployed with Pulumi", "./infra.sh down dev --engine pulumi");
        await RefusesAsync(["up", "dev", "--engine", "compose"], other.Container("web"), "engine 'pulumi'", "./infra.sh down dev --engine pulumi");
    }

    [EndToEndFact]
    public async Task A_volume_that_another_image_wrote_is_refused_with_the_ways_out()
    {
        await Engine.AskAsync(
            "volume",
            "create",
            "--label",
            $"infra.stack={other.Label}",
            "--label",
            "infra.written-by=elsewhere/postgres:9",
            other.Container("postgres")
        );

        await RefusesAsync($"{other.Container("postgres")}: The volume was written by elsewhere/postgres:9", "--volumes");
    }

    [EndToEndFact]
    public async Task An_image_that_cannot_be_had_is_refused_by_name_before_anything_is_started()
    {
        other.Set("services", "postgres.image", "registry.invalid/postgres:17.1");

        await RefusesAsync(["up", "dev", "--images", "registry"], "registry.invalid/postgres:17.1", "It cannot be pulled");
    }

    private Task RefusesAsync(params string[] sentences) => RefusesAsync(["up", "dev"], sentences);

    private async Task RefusesAsync(string[] arguments, params string[] sentences)
    {
        var before = await other.ObjectsAsync();

        CommandResult result = await other.InfraAsync(arguments);

        result.ExitCode.Should().Be(2, result.ToString());
        result.Error.Should().ContainAll(sentences);
        (await other.ObjectsAsync()).Should().Equal(before, "nothing is to be made");
    }
}
