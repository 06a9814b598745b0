using System.Text.RegularExpressions;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>What Compose's own check accepts of a service, and no engine starts, or nobody means, is refused where it is written.</summary>
public sealed class ImpossibleSettingsTests
{
    [Theory]
    [InlineData("stopSignal: SIGNONE", "stopSignal: 'SIGNONE' is not a signal.")]
    [InlineData("stopSignal: SIGTREM", "stopSignal: 'SIGTREM' is not a signal. Did you mean 'SIGTERM'?")]
    [InlineData("stopSignal: \"65\"", "stopSignal: '65' is not a signal.")]
    [InlineData("capabilities: [NO_SUCH]", "capabilities: 'NO_SUCH' is not a capability.")]
    [InlineData("user: \"2147483648\"", "user: '2147483648' is not a user. Write a name or a number up to 2147483647")]
    [InlineData("cpus: 0.009", "cpus: '0.009' is not a number of cores from 0.01 to 1024")]
    [InlineData("pids: \"010\"", "pids: '010' is not a whole number from 1 to 1000000")]
    [InlineData("ports: [\"256.0.0.1:80:80\"]", "ports[0]: '256.0.0.1:80:80' is not a published port.")]
    [InlineData("ports: [\"[::::]:80:80\"]", "ports[0]: '[::::]:80:80' is not a published port.")]
    [InlineData("extraHosts: { db: 010.0.0.1 }", "extraHosts.db: '010.0.0.1' is not an address.")]
    [InlineData("extraHosts: { db: \"fe80::1%eth0\" }", "extraHosts.db: 'fe80::1%eth0' is not an address.")]
    [InlineData("dns: [\"[::1]:53\"]", "dns: '[::1]:53' is not an address.")]
    [InlineData("sysctls: { net./..: \"1\" }", "sysctls.net./..: 'net./..' is the whole machine's")]
    [InlineData("ulimits: { nofile: 0 }", "ulimits.nofile: No program starts with so few open files. Write 64 or more.")]
    [InlineData("devices: [/dev/../etc]", "devices[0]: '/dev/../etc' is not a device.")]
    [InlineData("devices: [\"/dev/null:/dev/x\", \"/dev/zero:/dev/x\"]", "devices: Several would be '/dev/x' in the container.")]
    [InlineData("networks: [host]", "networks: 'host' is what engines call a way to be without a network of one's own.")]
    [InlineData("tmpfs: { /proc/x: 1MiB }", "tmpfs./proc/x: '/proc/x' is what the engine itself mounts")]
    [InlineData("tmpfs: { /run/x: 1MiB, /run/x/: 2MiB }", "tmpfs./run/x/: '/run/x' is there twice.")]
    [InlineData("folders: { /proc: config }", "folders./proc: '/proc' is the kernel's own")]
    [InlineData("volumes: { data: /run/configs }", "volumes.data: '/run/configs' is a part of the container's own system")]
    [InlineData("files: { a: one, a/b: two }", "files.a: 'a' is a file, and another lies in a folder of that name.")]
    [InlineData("logging: { options: { foo: bar } }", "logging.options.foo: The driver json-file has no option 'foo'.")]
    [InlineData("probe: { none: \" \" }", "probe.none: It gives no reason.")]
    [InlineData("probe: { command: [CMD, curl] }", "probe.command: 'CMD' is Docker's own word before a command")]
    [InlineData("probe: { command: \"test {search.port}\" }", "probe.command: '{search.port}' stands for nothing in a command.")]
    [InlineData("entrypoint: [serve, \"{search.host}\"]", "entrypoint: '{search.host}' stands for nothing in a command.")]
    [InlineData("folders: { /proc/sys: config }", "folders./proc/sys: '/proc/sys' is the kernel's own")]
    [InlineData("entrypoint: [/bin/sh, -c]", "entrypoint: The shell's -c takes the one argument behind it for its script, and no other.")]
    [InlineData("entrypoint: [\"tini --\"]", "entrypoint: 'tini --' would be the name of one program.")]
    public void What_no_engine_starts_is_a_finding_at_its_line(string line, string message)
        => Problems("      command: serve\n      " + line)
            .Should().MatchRegex(@"^Pulumi\.dev\.yaml:7:\d+ infra:services\.web\." + Regex.Escape(message));

    [Theory]
    [InlineData("command: [sh, -c]", "The shell's -c takes the one argument behind it for its script, and no other.")]
    [InlineData("command: [\"serve --port 8000\"]", "'serve --port 8000' would be the name of one program.")]
    [InlineData("command: \"serve --search {search.url}\"", "'{search.url}' stands for nothing in a command.")]
    [InlineData("command: [serve, \"{secrets.token}\"]", "'{secrets.token}' stands for nothing in a command.")]
    public void A_command_that_cannot_run_is_a_finding(string line, string message)
        => Problems("      " + line).Should().MatchRegex(@"^Pulumi\.dev\.yaml:6:7 infra:services\.web\.command: " + Regex.Escape(message));

    [Theory]
    [InlineData("command: [sh, -c, \"serve --port 8000\"]")]
    [InlineData("command: [python3, -c, \"print('{os.environ} {search.nothing}')\"]")]
    [InlineData("command: [/opt/serve, \"a b\"]")]
    public void One_that_can_is_none(string line) => Problems("      " + line).Should().BeEmpty();

    [Theory]
    [InlineData("SIGRTMIN+3")]
    [InlineData("SIGRTMAX-14")]
    [InlineData("64")]
    [InlineData("SIGWINCH")]
    public void Every_signal_is_one(string signal) => Problems($"      command: serve\n      stopSignal: \"{signal}\"").Should().BeEmpty();

    [Fact]
    public void What_is_missing_is_found_where_it_would_stand()
        => Problems("      command: serve\n    migrations: { kind: step }")
            .Should().StartWith("Pulumi.dev.yaml:7:5 infra:services.migrations.command: A step does nothing without one.");

    private static string Problems(string lines) => SettingsOf.Problems(
        "config:\n  infra:environment: dev\n  infra:services:\n    search: { kind: container, image: \"acme/search:1\", containerPort: 9200, "
        + $"probe: {{ tcp: 9200 }} }}\n    web:\n{lines}\n");
}
