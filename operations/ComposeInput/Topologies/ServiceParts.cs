using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Topologies;

/// <summary>The parts of a service that are more than one value.</summary>
internal sealed class ServiceParts(ComposeApplication application, ComposeService service)
{
    // An image that another service builds is that build.
    public Image Image()
    {
        var (name, builder) = (service.Text("image"), application.BuilderOf(service));
        return builder.Text("build.context") is { } context ? Built(builder, name, context) : PinnedImage.Parse(name ?? service.Name);
    }

    private BuiltImage Built(ComposeService builder, string? name, string context) =>
        new(name ?? builder.Name, application.Relative(context))
        {
            Dockerfile = builder.Text("build.dockerfile") ?? "Dockerfile",
            Target = builder.Text("build.target"),
            Args = TopologyReader.Sorted(builder.Map("build.args")),
            // What a service runs on, Compose builds for.
            Platforms = [.. builder.Words("build.platforms").DefaultIfEmpty(builder.Text("platform")).OfType<string>()],
            Tag = name,
        };

    // What has no value is taken from the environment of who runs Compose, where it is set.
    public ImmutableSortedDictionary<string, Template> Environment() =>
        service.Map("environment").Where(variable => variable.Value is not null)
            .ToImmutableSortedDictionary(variable => variable.Key, variable => (Template)variable.Value!, StringComparer.Ordinal);

    // One without a port of its own on the host gets another one each time.
    public ImmutableArray<Port> Ports() =>
    [
        .. from port in service.Items("ports")
           let published = TopologyReader.Whole(Text(port, "published"))
           where published > 0
           select new Port(TopologyReader.Whole(Text(port, "target")), published)
           {
               Address = Text(port, "host_ip") ?? "0.0.0.0",
               Protocol = Text(port, "protocol") ?? "tcp",
           },
    ];

    public ImmutableArray<Mount> Mounts() =>
    [
        .. service.Items("volumes").Select(Mounted).OfType<Mount>(),
        .. service.Words("tmpfs").Select(InMemory),
    ];

    private Mount? Mounted(JsonObject mount)
    {
        var (target, isReadOnly) = (Text(mount, "target") ?? "", Text(mount, "read_only") == "true");
        return (Text(mount, "type"), Text(mount, "source")) switch
        {
            ("bind", { } source) => new BindMount(application.Relative(source), target, isReadOnly),
            // One without a name belongs to its container.
            ("volume", { } source) => new VolumeMount(new Volume(source), target, isReadOnly),
            ("tmpfs", _) => new TmpfsMount(target, SizeOf(ComposeService.TextOf(mount["tmpfs"]?["size"]))),
            _ => null,
        };
    }

    private static TmpfsMount InMemory(string text)
    {
        var parts = text.Split(':', 2);
        var size = parts.ElementAtOrDefault(1)?.Split(',').FirstOrDefault(option => option.StartsWith("size=", StringComparison.Ordinal));
        return new TmpfsMount(parts[0], SizeOf(size?["size=".Length..]));
    }

    // 0 is as much as half of the machine's memory, and is not added up.
    private static Size SizeOf(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var bytes) ? new Size(bytes)
        : text is not null && Size.TryParse(text, out var size) ? size : new Size(0);

    public ImmutableArray<NetworkAttachment> Networks() =>
        service.At("network_mode") is not null ? []
        : service.At("networks") is not JsonObject networks ? [Network.Default]
        : [.. networks.Select(network => new NetworkAttachment(NetworkOf(network.Key), Aliases(network.Value)))];

    private Network NetworkOf(string name) =>
        new(name, ComposeService.TextOf(application.Document["networks"]?[name]?["internal"]) == "true");

    private static ImmutableArray<string> Aliases(JsonNode? network) =>
        [.. (network?["aliases"] as JsonArray ?? []).Select(ComposeService.TextOf).OfType<string>()];

    public ImmutableSortedDictionary<string, Ulimit> Ulimits() =>
        (service.At("ulimits") as JsonObject ?? []).ToImmutableSortedDictionary(limit => limit.Key, limit => limit.Value is JsonObject both
            ? new Ulimit(TopologyReader.Whole(Text(both, "soft")), TopologyReader.Whole(Text(both, "hard")))
            : new Ulimit(TopologyReader.Whole(ComposeService.TextOf(limit.Value)), TopologyReader.Whole(ComposeService.TextOf(limit.Value))),
            StringComparer.Ordinal);

    public ImmutableArray<Device> Devices() =>
    [
        .. service.Items("devices").Select(device =>
            new Device(Text(device, "source") ?? "", Text(device, "target") ?? "", Text(device, "permissions") ?? Device.All)),
        .. service.Words("devices").Select(device => device.Split(':'))
            .Select(parts => new Device(parts[0], parts.ElementAtOrDefault(1) ?? parts[0])),
    ];

    public Gpus? Gpus()
    {
        var asked = service.Items("deploy.resources.reservations.devices").Concat(service.Items("gpus"))
            .FirstOrDefault(device => (device["capabilities"] as JsonArray)?.Any(each => ComposeService.TextOf(each) == "gpu") ?? true);
        if (asked is null && service.Text("gpus") is null) return null;
        return new Gpus(asked is not null && TopologyReader.Whole(Text(asked, "count")) is > 0 and var count ? count : null);
    }

    // NAME=ADDRESS, or NAME:ADDRESS as older versions write it.
    public ImmutableSortedDictionary<string, string> ExtraHosts() =>
        service.Words("extra_hosts").Select(host => host.Split(host.Contains('=', StringComparison.Ordinal) ? '=' : ':', 2))
            .Where(host => host.Length == 2).DistinctBy(host => host[0])
            .ToImmutableSortedDictionary(host => host[0], host => host[1], StringComparer.Ordinal);

    // What stands at `restart` goes before what a swarm is told.
    public RestartPolicy Restart()
    {
        var words = (service.Text("restart") ?? "").Split(':');
        var (policy, attempts) = words[0].Length > 0
            ? (words[0], words.ElementAtOrDefault(1))
            : (service.Text("deploy.restart_policy.condition"), service.Text("deploy.restart_policy.max_attempts"));
        return policy switch
        {
            "always" or "any" => new RestartPolicy(RestartMode.Always),
            "unless-stopped" => RestartPolicy.UnlessStopped,
            "on-failure" => new RestartPolicy(RestartMode.OnFailure, TopologyReader.Whole(attempts) is > 0 and var most ? most : null),
            _ => RestartPolicy.No,
        };
    }

    public Logging? Logging() =>
        service.At("logging") is null ? null
        : new Logging(service.Text("logging.driver") ?? Model.Logging.JsonFile) { Options = TopologyReader.Sorted(service.Map("logging.options")) };

    public Capabilities? Capabilities() =>
        (service.Words("cap_drop"), service.Words("cap_add")) is var (drop, add) && (drop.Length > 0 || add.Length > 0)
            ? new Capabilities { Drop = drop, Add = add }
            : null;

    private static string? Text(JsonObject keys, string name) => ComposeService.TextOf(keys[name]);
}
