using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Targets.Containers;

namespace Infra.Operations.Engine;

/// <summary>A container as the engine has it.</summary>
public sealed record ContainerState
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The service, by our label or Compose's.</summary>
    public required string Service { get; init; }

    /// <summary>Its number among those that the service has and has had; theirs only grow under Compose.</summary>
    public int Number { get; init; } = 1;

    /// <summary>Its place among the service's containers of now, from 1; nothing where it is the only one.</summary>
    public int? Place { get; init; }

    /// <summary>What it is called: its service, and its place where it is not the only one: <c>web</c>, <c>web.2</c>.</summary>
    public string Title => Place is { } place ? FormattableString.Invariant($"{Service}.{place}") : Service;

    /// <summary>What made it, by our label.</summary>
    public required EngineKind? Engine { get; init; }

    /// <summary><c>running</c>, <c>exited</c>, <c>created</c>, …</summary>
    public required string Status { get; init; }

    /// <summary><c>healthy</c>, <c>unhealthy</c>, <c>starting</c>, or nothing without a probe.</summary>
    public required string? Health { get; init; }

    public required string ImageId { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Compose's hash of the configuration that it was made from.</summary>
    public required string? ConfigHash { get; init; }

    public required int ExitCode { get; init; }

    public required int Restarts { get; init; }

    /// <summary>What its last probe printed, when it failed.</summary>
    public required string? ProbeOutput { get; init; }

    /// <summary>When it was last started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How many of its probes have failed in a row.</summary>
    public int FailedProbes { get; init; }

    /// <summary>
    /// Whether it was stopped by hand: the engine would have restarted what ended by itself, and says why where it could not.
    /// </summary>
    public bool WasStopped { get; init; }

    public required ImmutableArray<string> Ports { get; init; }

    /// <summary>
    /// The networks it is on, by name, with the id of each.
    /// A container that does not run still names one that was removed meanwhile.
    /// </summary>
    public ImmutableDictionary<string, string> Networks { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Its addresses on its networks; none while it does not run.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init; } = [];

    /// <summary>The files and folders of the engine's machine that are mounted in it, by their path in it.</summary>
    public ImmutableDictionary<string, string> Binds { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What Pulumi's program notes of the password that it was started with; nothing of what has none.</summary>
    public string? PasswordVersion { get; init; }

    /// <summary>The project's folder, where Compose made it and files of that folder are mounted in it.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether it is never started again: a step that ends.</summary>
    public bool IsStep { get; init; }

    /// <summary>Whether it is of a one-off command (<c>run</c>), beside the service whose labels and probe it has.</summary>
    public bool IsOneOff { get; init; }

    /// <summary>Whether it is a step that has ended as it should.</summary>
    public bool IsCompleted => IsStep && Status == "exited" && ExitCode == 0;

    public bool IsRunning => Status == "running";

    /// <summary>Running, or about to be started again by the engine: between two looks it may be either.</summary>
    public bool IsUp => Status is "running" or "restarting";

    /// <summary>Running, and healthy where it has a probe; completed where it is a step.</summary>
    public bool IsWell => IsStep ? IsCompleted : IsRunning && Health is null or "healthy";

    /// <summary>One word for its state: its health while it runs, else its status.</summary>
    public string Word => IsRunning ? Health ?? "running" : IsCompleted ? "completed" : Status;

    /// <summary>The same containers, those of a service together and in the order of their numbers, each with its place there.</summary>
    public static ImmutableArray<ContainerState> Placed(IEnumerable<ContainerState> containers) =>
        [
            .. containers
                .GroupBy(container => container.Service)
                .Select(own => own.OrderBy(container => container.Number).ThenBy(container => container.Created).ToArray())
                .SelectMany(own => own.Length == 1 ? own : own.Select((container, at) => container with { Place = at + 1 })),
        ];

    /// <summary>Reads what <c>docker inspect</c> says of a container.</summary>
    public static ContainerState From(JsonNode inspected)
    {
        var labels = inspected["Config"]?["Labels"];
        var state = inspected["State"]!;
        var health = state["Health"];
        var policy = Text(inspected["HostConfig"]?["RestartPolicy"]?["Name"]);
        var binds = BindsOf(inspected["Mounts"]?.AsArray());
        return new ContainerState
        {
            Id = Text(inspected["Id"]) ?? "",
            Name = (Text(inspected["Name"]) ?? "").TrimStart('/'),
            Service = Text(labels?[Labels.Service]) ?? Text(labels?["com.docker.compose.service"]) ?? "",
            Number = int.TryParse(
                Text(labels?[Labels.Replica]) ?? Text(labels?["com.docker.compose.container-number"]),
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
                : 1,
            Engine = EngineKinds.Parse(Text(labels?[Labels.Engine])),
            Status = Text(state["Status"]) ?? "",
            Health = Text(health?["Status"]) is "none" ? null : Text(health?["Status"]),
            ImageId = Text(inspected["Image"]) ?? "",
            Created = DateTimeOffset.TryParse(Text(inspected["Created"]), CultureInfo.InvariantCulture, out var created) ? created : default,
            ConfigHash = Text(labels?["com.docker.compose.config-hash"]),
            ExitCode = state["ExitCode"]?.GetValue<int>() ?? 0,
            Restarts = inspected["RestartCount"]?.GetValue<int>() ?? 0,
            ProbeOutput = LastFailure(health?["Log"]?.AsArray()),
            Networks = (inspected["NetworkSettings"]?["Networks"]?.AsObject() ?? []).ToImmutableDictionary(
                network => network.Key,
                network => Text(network.Value?["NetworkID"]) ?? "",
                StringComparer.Ordinal
            ),
            Addresses = [.. AddressesOf(inspected["NetworkSettings"]?["Networks"]?.AsObject())],
            PasswordVersion = Text(labels?[ContainerLabels.Password]),
            Binds = binds,
            Folder =
                Text(labels?["com.docker.compose.project.working_dir"]) is { } folder && binds.Values.Any(source => IsBelow(folder, source))
                    ? folder
                    : null,
            StartedAt = DateTimeOffset.TryParse(Text(state["StartedAt"]), CultureInfo.InvariantCulture, out var startedAt) ? startedAt : default,
            FailedProbes = health?["FailingStreak"]?.GetValue<int>() ?? 0,
            WasStopped = Text(state["Status"]) == "exited" && policy is "always" or "unless-stopped" && Text(state["Error"]) is null or "",
            IsStep = Text(labels?[Labels.Service]) is not null && policy == "no",
            IsOneOff = EngineEvent.IsOneOff(labels),
            Ports = [.. PortsOf(inspected["HostConfig"]?["PortBindings"]?.AsObject())],
        };
    }

    internal static bool IsBelow(string folder, string path) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static ImmutableDictionary<string, string> BindsOf(JsonArray? mounts) => (mounts ?? [])
        .Where(mount => Text(mount?["Type"]) == "bind" && Text(mount?["Source"]) is not null)
        .ToImmutableDictionary(mount => Text(mount?["Destination"]) ?? "", mount => Text(mount?["Source"])!);

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static string? LastFailure(JsonArray? log)
        => log?.LastOrDefault(entry => entry?["ExitCode"]?.GetValue<int>() != 0) is { } entry ? Text(entry["Output"])?.Trim() : null;

    private static IEnumerable<IPAddress> AddressesOf(JsonObject? networks)
    {
        foreach (var (_, network) in networks ?? [])
            foreach (var key in new[] { "IPAddress", "GlobalIPv6Address" })
                if (IPAddress.TryParse(Text(network?[key]), out var address)) yield return address;
    }

    private static IEnumerable<string> PortsOf(JsonObject? bindings)
    {
        foreach (var (container, hosts) in bindings ?? [])
            foreach (var host in hosts?.AsArray() ?? [])
                yield return $"{(Text(host?["HostIp"]) is { Length: > 0 } ip ? ip : "0.0.0.0")}:{Text(host?["HostPort"])}→{container.Split('/')[0]}";
    }
}
