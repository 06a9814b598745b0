using Infra.Model;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>What an engine is told of a service, whatever its kind.</summary>
public sealed class RuntimeKeysTests
{
    [Fact]
    public async Task Every_key_reaches_the_service()
    {
        var web = await GatherAsync("""
            ports: ["8025", "1025:25", "0.0.0.0:5775:5775/udp"]
            folders: { /etc/app: config, /srv/data: "data:rw" }
            reservedMemory: 64MiB
            reservedCpus: 0.25
            sharedMemory: 128MiB
            temporary: 32MiB
            pids: 99
            restart: on-failure:5
            workingDirectory: /srv
            user: "1000:1000"
            capabilities: [CHOWN]
            readOnly: true
            init: true
            stopSignal: SIGINT
            graceSeconds: 45
            labels: { team: shop }
            """);

        web.Ports.Should().Equal(new Port(8025, 8025), new Port(25, 1025), new Port(5775, 5775) { Address = "0.0.0.0", Protocol = "udp" });
        web.Mounts.Should()
            .Contain(new BindMount("config", "/etc/app", ReadOnly: true))
            .And.Contain(new BindMount("data", "/srv/data", ReadOnly: false));
        web.Mounts.OfType<TmpfsMount>().Should().Equal(new TmpfsMount("/tmp", Size.MiB(32)));
        (web.ReservedMemory, web.ReservedCpus, web.SharedMemory, web.Pids).Should().Be((Size.MiB(64), Cpu.Cores(0.25m), Size.MiB(128), 99));
        (web.Restart, web.WorkingDirectory, web.User).Should().Be((new RestartPolicy(RestartMode.OnFailure, 5), "/srv", "1000:1000"));
        web.Capabilities!.Add.Should().Equal("CHOWN");
        (web.ReadOnly, web.Init, web.StopSignal, web.StopGrace).Should().Be((true, true, "SIGINT", TimeSpan.FromSeconds(45)));
        web.Labels.Should().Contain("team", "shop");
    }

    [Theory]
    [InlineData("after: [search]", WaitCondition.Healthy)]
    [InlineData("after: { search: started }", WaitCondition.Started)]
    public async Task It_waits_as_far_as_it_is_told(string after, WaitCondition condition) =>
        (await GatherAsync(after)).WaitsFor.Should().Equal(new Wait("search", condition));

    [Theory]
    [InlineData("ports: [\"8025:x\"]", "ports[0]: '8025:x' is not a published port.")]
    [InlineData("ports: [\"99999\"]", "ports[0]: '99999' is not a published port.")]
    [InlineData("folders: { etc: config }", "folders.etc: 'etc' is not an absolute path in the container.")]
    [InlineData("restart: sometimes", "restart: 'sometimes' is not a restart policy.")]
    [InlineData("user: \"a b\"", "user: 'a b' is not a user.")]
    [InlineData("stopSignal: int", "stopSignal: 'int' is not a signal.")]
    [InlineData("capabilities: [CAP-CHOWN]", "capabilities: 'CAP-CHOWN' is not a capability.")]
    [InlineData("labels: { infra.stack: a }", "labels.infra.stack: 'infra.stack' is not a label that a service can be given.")]
    [InlineData("workingDirectory: srv", "workingDirectory: 'srv' is not an absolute path in the container.")]
    [InlineData("after: { search: soon }", "after.search: 'soon' is not how far a service comes. Write started, healthy or completed.")]
    public void What_no_engine_takes_is_told(string line, string message) =>
        SettingsOf
            .Problems(Text(line))
            .Should()
            .MatchRegex(@"^Pulumi\.dev\.yaml:\d+:\d+ infra:services\.web\." + System.Text.RegularExpressions.Regex.Escape(message));

    private static async Task<ServiceSpec> GatherAsync(string lines) =>
        (await StackFactory.GatherAsync(SettingsOf.Exactly(Text(lines)))).Find("web")!;

    private static string Text(string lines) =>
        "config:\n  infra:environment: dev\n  infra:services:\n    search: { kind: container, image: \"acme/search:1\", probe: { tcp: 9200 } }\n"
        + "    web:\n      command: serve\n      " + lines.ReplaceLineEndings("\n      ") + "\n";
}
