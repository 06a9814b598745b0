using System.Globalization;
using Infra.Model;
using YamlDotNet.RepresentationModel;

namespace Infra.Targets.Compose;

/// <summary>Writes the parts of a service that are more than a scalar.</summary>
internal static class PartWriter
{
    public static YamlNode Port(Port port)
    {
        var address = port.Address.Contains(':', StringComparison.Ordinal) ? $"[{port.Address}]" : port.Address;
        var protocol = port.Protocol == "tcp" ? "" : "/" + port.Protocol;
        return Yaml.Quoted(FormattableString.Invariant($"{address}:{port.Host}:{port.Container}{protocol}"));
    }

    /// <summary>The networks; nothing for a service that is on the default one alone, under its own name.</summary>
    public static YamlNode? Networks(ServiceSpec service)
    {
        var places = service.Networks;
        if (places is [{ Network.Name: "default", Aliases.IsEmpty: true }])
            return null;
        if (places.All(place => place.Aliases.IsEmpty))
            return Yaml.List(places.Select(place => Yaml.Text(place.Network.Name)));
        return Yaml.Map(places.Select(place => (place.Network.Name, (YamlNode?)Yaml.Map(("aliases", Yaml.List(place.Aliases.Select(Yaml.Text)))))));
    }

    public static YamlNode Mount(Mount mount, ComposeScope scope) =>
        mount switch
        {
            VolumeMount volume => Yaml.Text($"{volume.Volume.Name}:{volume.Target}{(volume.ReadOnly ? ":ro" : "")}"),
            BindMount bind => Yaml.Map(
                ("type", Yaml.Word("bind")),
                ("source", Yaml.Text(scope.Options.Written(bind.Source))),
                ("target", Yaml.Text(bind.Target)),
                ("read_only", bind.ReadOnly ? Yaml.Yes : null),
                // A wrong path is an error, not an empty folder of root's.
                ("bind", Yaml.Map(("create_host_path", Yaml.No), ("selinux", bind.RelabelLetter is { } letter ? Yaml.Text(letter) : null)))
            ),
            _ => throw ComposeScope.Unknown(mount),
        };

    public static YamlNode Tmpfs(TmpfsMount mount)
    {
        var size = mount.Size.ToString();
        return Yaml.Text($"{mount.Target}:size={(size.EndsWith('b') ? size[..^1] : size)},mode=1777");
    }

    public static YamlNode Device(Device device)
        => Yaml.Text($"{device.Host}:{device.Container}{(device.Permissions == Model.Device.All ? "" : ":" + device.Permissions)}");

    /// <summary>The limits; one number where both are the same.</summary>
    public static YamlNode? Ulimits(ServiceSpec service) =>
        Yaml.Map(
                service.Ulimits.Select(limit =>
                    (
                        limit.Key,
                        (YamlNode?)(
                            limit.Value.Soft == limit.Value.Hard
                                ? Yaml.Number(limit.Value.Soft)
                                : Yaml.Map(("soft", Yaml.Number(limit.Value.Soft)), ("hard", Yaml.Number(limit.Value.Hard)))
                        )
                    )
                )
            )
            .OrNothing();

    /// <summary>Texts by their names; nothing where there are none.</summary>
    public static YamlNode? Texts(IEnumerable<KeyValuePair<string, string>> texts)
        => Yaml.Map(texts.Select(text => (text.Key, (YamlNode?)Yaml.Text(text.Value)))).OrNothing();

    /// <summary>The probe; nothing where it is the image's own as it is.</summary>
    public static YamlNode? Health(HealthCheck health) => health == HealthCheck.OfImage ? null : Yaml.Map(
        ("test", health.IsOfImage ? null : Yaml.Flow(health.Test.Prepend("CMD"))),
        ("interval", Duration(health.Interval)),
        ("timeout", Duration(health.Timeout)),
        ("retries", health.Retries > 0 ? Yaml.Number(health.Retries) : null),
        ("start_period", health.IsOfImage ? Duration(health.StartPeriod) : Yaml.Word(GoDuration.Brief(health.StartPeriod))),
        ("start_interval", health.StartInterval is { } interval ? Yaml.Word(GoDuration.Brief(interval)) : null)
    );

    private static YamlScalarNode? Duration(TimeSpan duration) => duration > TimeSpan.Zero ? Yaml.Word(GoDuration.Brief(duration)) : null;

    /// <summary>The waits. A step under the profile is not waited for, and waits for nothing itself: <c>up</c> sees to both.</summary>
    public static YamlNode? Waits(ServiceSpec service, ComposeScope scope) =>
        scope.IsApart(service)
            ? null
            : Yaml.Map(
                    service
                        .WaitsFor.Where(wait => !scope.IsApart(wait.Service))
                        .Select(wait =>
                            (
                                wait.Service,
                                (YamlNode?)
                                    Yaml.Map(
                                        (
                                            "condition",
                                            Yaml.Word(
                                                wait.Condition switch
                                                {
                                                    WaitCondition.Started => "service_started",
                                                    WaitCondition.Healthy => "service_healthy",
                                                    WaitCondition.Completed => "service_completed_successfully",
                                                    _ => throw ComposeScope.Unknown(wait.Condition),
                                                }
                                            )
                                        )
                                    )
                            )
                        )
                )
                .OrNothing();

    public static YamlNode Restart(RestartPolicy restart) =>
        restart.Mode switch
        {
            RestartMode.No => Yaml.Quoted("no"),
            RestartMode.OnFailure => Yaml.Word(
                restart.MaxAttempts is { } attempts ? "on-failure:" + attempts.ToString(CultureInfo.InvariantCulture) : "on-failure"
            ),
            RestartMode.UnlessStopped => Yaml.Word("unless-stopped"),
            RestartMode.Always => Yaml.Word("always"),
            _ => throw ComposeScope.Unknown(restart.Mode),
        };

    public static YamlNode? Deploy(ServiceSpec service) =>
        Yaml.Map(
                ("replicas", service.Containers() > 1 ? Yaml.Number(service.Containers()) : null),
                ("update_config", service.Replacement == Replacement.StartFirst ? Yaml.Map(("order", Yaml.Word("start-first"))) : null),
                ("resources", Resources(service))
            )
            .OrNothing();

    private static YamlMappingNode? Resources(ServiceSpec service)
    {
        var limits = Yaml.Map(
                ("cpus", service.Cpus is { } cpus ? Yaml.Quoted(cpus.ToString()) : null),
                ("memory", service.Memory is { } memory ? Yaml.Word(memory.ToString()) : null),
                ("pids", service.Pids is { } pids ? Yaml.Number(pids) : null)
            )
            .OrNothing();
        var reservations = Yaml.Map(
                ("cpus", service.ReservedCpus is { } reserved ? Yaml.Quoted(reserved.ToString()) : null),
                ("memory", service.ReservedMemory is { } kept ? Yaml.Word(kept.ToString()) : null),
                // Not `gpus:`, which Compose knows from 2.30 on.
                ("devices", service.Gpus is { } gpus ? Yaml.List([Gpu(gpus)]) : null)
            )
            .OrNothing();
        return Yaml.Map(("limits", limits), ("reservations", reservations)).OrNothing();
    }

    private static YamlMappingNode Gpu(Gpus gpus)
        => Yaml.Map(("count", gpus.Count is { } count ? Yaml.Number(count) : Yaml.Word("all")), ("capabilities", Yaml.Flow(["gpu"])));

    public static YamlNode? Logging(Logging? logging) =>
        logging is null
            ? null
            : Yaml.Map(
                ("driver", Yaml.Text(logging.Driver)),
                ("options", Yaml.Map(logging.Options.Select(option => (option.Key, (YamlNode?)Yaml.Text(option.Value)))).OrNothing())
            );

    /// <summary>The rules of watch mode that Compose accepts: it rebuilds only where it builds.</summary>
    public static YamlNode? Watch(ServiceSpec service, ComposeScope scope)
    {
        var isBuilder = ComposeScope.Builds(scope.Topology, service);
        var rules = Yaml.List(
            service
                .Watch.Where(rule => rule.Action == WatchAction.Sync || isBuilder)
                .Select(rule =>
                    Yaml.Map(
                        ("action", Yaml.Word(rule.Action == WatchAction.Sync ? "sync" : "rebuild")),
                        ("path", Yaml.Text(scope.Options.Written(rule.Path))),
                        ("target", rule.Target is null ? null : Yaml.Text(rule.Target)),
                        ("ignore", Yaml.List(rule.Ignore.Select(Yaml.Text)))
                    )
                )
        );
        return rules is null ? null : Yaml.Map(("watch", rules));
    }
}
