using System.Globalization;
using System.Text.Json.Nodes;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>The checks of the CIS Docker Benchmark that apply to containers, on what the engine really runs.</summary>
public sealed class HardeningTests(ProdStack stack) : ProdTest(stack)
{
    [EndToEndFact]
    public async Task Every_container_keeps_the_benchmarks_checks()
    {
        var findings = new List<string>();
        foreach (var (name, service) in await Project.ServicesAsync())
        {
            var container = await Engine.InspectAsync(service.Id);
            var checks = Checks(container, isStep: name == "migrations", isProxy: name == "proxy", isNodeExporter: name == "node-exporter");
            findings.AddRange(checks.Where(check => !check.Holds).Select(check => $"{name}: {check.Name}"));
        }

        findings.Should().BeEmpty();
    }

    [EndToEndFact]
    public async Task Its_processes_are_not_roots_and_have_no_capability_in_effect()
    {
        foreach (var service in (await Project.ServicesAsync()).Values.Where(service => service.Pid > 0))
        {
            var status = (await Engine.AskAsync("exec", service.Id, "cat", "/proc/1/status"))
                .Split('\n')
                .Select(line => line.Split(':', 2))
                .ToDictionary(pair => pair[0], pair => pair[1].Trim());
            status["Uid"].Split('\t').Should().NotContain("0", service.Name);
            status["CapEff"].Should().Be("0000000000000000", service.Name);
            status["NoNewPrivs"].Should().Be("1", service.Name);
        }
    }

    private static IEnumerable<(string Name, bool Holds)> Checks(JsonNode container, bool isStep, bool isProxy, bool isNodeExporter)
    {
        var (host, config) = (container["HostConfig"]!, container["Config"]!);
        var user = Text(config["User"]);
        yield return ("4.1 a user that is not root", user.Split(':')[0] is not ("" or "0" or "root"));
        yield return ("4.6 a health check", isStep || config["Healthcheck"]?["Test"] is not null);
        yield return ("5.1 the engine's AppArmor profile where it has one", Text(container["AppArmorProfile"]) != "unconfined");
        yield return ("5.4 all capabilities dropped", Words(host["CapDrop"]).SequenceEqual(["ALL"]));
        yield return (
            "5.4 none added but what the proxy's binary carries",
            Words(host["CapAdd"]).All(added => isProxy && added is "NET_BIND_SERVICE" or "CAP_NET_BIND_SERVICE")
        );
        yield return ("5.5 not privileged", !host["Privileged"]!.GetValue<bool>());
        yield return (
            "5.6, 5.32 no folder of the host but the files that the stack renders and what the node exporter reads, read-only",
            container["Mounts"]!
                .AsArray()
                .Where(mount => Text(mount!["Type"]) == "bind")
                .All(mount =>
                    !mount!["RW"]!.GetValue<bool>()
                    && Text(mount["Destination"]).StartsWith(isNodeExporter ? "/" : "/run/", StringComparison.Ordinal)
                    && !Text(mount["Source"]).EndsWith(".sock", StringComparison.Ordinal)
                )
        );
        yield return (
            "5.8 a port of the host below 1024 for the proxy alone",
            isProxy || Published(host, "HostPort").All(port => int.Parse(port, CultureInfo.InvariantCulture) >= 1024)
        );
        yield return ("5.14 published on loopback only", Published(host, "HostIp").All(address => address == "127.0.0.1"));
        yield return ("5.10 not the host's network", Text(host["NetworkMode"]) is not ("host" or "bridge" or "default"));
        yield return (
            "5.11 a memory limit without swap",
            host["Memory"]!.GetValue<long>() > 0 && host["MemorySwap"]!.GetValue<long>() == host["Memory"]!.GetValue<long>()
        );
        yield return ("5.11 memory kept", host["MemoryReservation"]!.GetValue<long>() > 0);
        yield return ("5.12 a processor limit", host["NanoCpus"]!.GetValue<long>() > 0);
        yield return ("5.13 a read-only root", host["ReadonlyRootfs"]!.GetValue<bool>());
        yield return ("5.15 a restart policy", Text(host["RestartPolicy"]?["Name"]) == (isStep ? "no" : "unless-stopped"));
        yield return (
            "5.16, 5.17, 5.21, 5.31 no namespace of the host",
            Text(host["PidMode"]) == "" && Text(host["IpcMode"]) is "private" or "" && Text(host["UTSMode"]) == "" && Text(host["UsernsMode"]) == ""
        );
        yield return ("5.18 no device", host["Devices"] is null or JsonArray { Count: 0 });
        yield return (
            "5.22, 5.26 no new privileges, and no confinement taken off",
            Words(host["SecurityOpt"]).SequenceEqual(["no-new-privileges=true"])
        );
        yield return ("5.29 a limit of processes", host["PidsLimit"]?.GetValue<long>() > 0);
        yield return (
            "a log that is bounded",
            Text(host["LogConfig"]?["Config"]?["max-size"]).Length > 0 && Text(host["LogConfig"]?["Config"]?["max-file"]).Length > 0
        );
        yield return (
            "no credential in its environment",
            !Words(config["Env"])
                .Any(variable =>
                    variable.Split('=', 2) is [var name, _]
                    && name.Contains("PASSWORD", StringComparison.Ordinal)
                    && !name.EndsWith("_FILE", StringComparison.Ordinal)
                )
        );
    }

    private static IEnumerable<string> Published(JsonNode host, string what) =>
        (host["PortBindings"]?.AsObject() ?? []).SelectMany(port => port.Value?.AsArray() ?? []).Select(binding => Text(binding![what]));

    private static string[] Words(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(item => item!.GetValue<string>())];

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";
}
