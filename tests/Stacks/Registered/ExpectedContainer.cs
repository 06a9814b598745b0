using System.Globalization;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>
/// What the provider is to be given for a service, read from its <see cref="ServiceSpec"/> alone and spelled as
/// <see cref="Provider.Text"/> spells it. It shares no code with the target: a field that is dropped or bent there differs here.
/// </summary>
internal static class ExpectedContainer
{
    /// <summary>Every input but the labels; one that is not in it must not be given.</summary>
    public static IReadOnlyDictionary<string, string> For(ServiceSpec spec, Topology topology, string name) =>
        Given(
            ("name", name),
            ("image", Image(spec.Image)),
            ("removeVolumes", "False"),
            ("networkMode", "bridge"),
            ("entrypoints", List(spec.Entrypoint)),
            ("command", List(spec.Command)),
            ("workingDir", spec.WorkingDirectory),
            ("hostname", spec.Hostname),
            ("user", spec.User),
            (
                "envs",
                List(
                    spec.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal)
                        .Select(variable => $"{variable.Key}={Fill(variable.Value)}")
                )
            ),
            (
                "ports",
                List(
                    spec.Ports.OrderBy(port => port.Container)
                        .Select(port => $"{{external: {port.Host}, internal: {port.Container}, ip: {port.Address}, protocol: {port.Protocol}}}")
                )
            ),
            (
                "mounts",
                List(
                    spec.Mounts.OfType<BindMount>()
                        .Where(bind => bind.Relabel == Relabel.None)
                        .Select(bind =>
                            $"{{readOnly: {bind.ReadOnly}, source: "
                            + $"{Path.GetFullPath(bind.Source, StackRun.Root)}, target: {bind.Target}, type: bind}}"
                        )
                )
            ),
            ("tmpfs", Map(spec.Mounts.OfType<TmpfsMount>().Select(mount => (mount.Target, $"size={mount.Size},mode=1777")))),
            (
                "volumes",
                List([
                    .. Volumes(spec, topology.Naming),
                    .. Relabelled(spec),
                    .. Carried(spec, topology.Naming, name),
                    .. Led(spec, topology),
                ])
            ),
            (
                "networksAdvanced",
                List(
                    spec.Networks.Select(place =>
                        $"{{aliases: {List(place.Aliases.Prepend(spec.Name).Distinct())}, name: {topology.Naming.Physical(place.Network.Name)}}}"
                    )
                )
            ),
            ("ulimits", List(spec.Ulimits.Select(limit => $"{{hard: {limit.Value.Hard}, name: {limit.Key}, soft: {limit.Value.Soft}}}"))),
            ("memory", MiB(spec.Memory)),
            ("memorySwap", MiB(spec.Memory)),
            ("memoryReservation", MiB(spec.ReservedMemory)),
            ("shmSize", MiB(spec.SharedMemory)),
            ("cpus", Cores(spec.Cpus)),
            ("logDriver", spec.Logging?.Driver),
            ("logOpts", spec.Logging is { } log ? Map(log.Options.Select(option => (option.Key, option.Value))) : null),
            ("capabilities", Capabilities(spec)),
            ("securityOpts", spec.NoNewPrivileges ? "[no-new-privileges=true]" : null),
            ("readOnly", $"{spec.ReadOnly}"),
            ("init", $"{spec.Init}"),
            ("restart", Restart(spec.Restart)),
            ("maxRetryCount", spec.Restart.Mode == RestartMode.OnFailure ? $"{spec.Restart.MaxAttempts}" : null),
            ("stopSignal", spec.StopSignal),
            ("stopTimeout", Seconds(spec.StopGrace)),
            ("destroyGraceSeconds", Seconds(spec.StopGrace)),
            ("healthcheck", spec.Health is { } health && health != HealthCheck.OfImage ? Probe(health) : null),
            ("attach", spec.IsStep() ? "True" : null),
            ("mustRun", spec.IsStep() ? "False" : null),
            ("wait", spec is { Health: not null } && !spec.IsStep() ? "True" : null),
            ("waitTimeout", spec.Health is { } probe && !spec.IsStep() ? Patience(probe) : null)
        );

    /// <summary>The labels that find it again; those that only make Pulumi replace it are not among them.</summary>
    public static IReadOnlyDictionary<string, string> Labels(ServiceSpec spec, Naming naming)
        => spec.Labels.Add("infra.service", spec.Name).Add("infra.stack", naming.Name).Add("infra.engine", "pulumi");

    private static Dictionary<string, string> Given(params (string Input, string? Value)[] inputs) =>
        inputs
            .Where(input => input.Value is not null and not "[]" and not "{}")
            .ToDictionary(input => input.Input, input => input.Value!, StringComparer.Ordinal);

    private static string Image(Image image) => image is BuiltImage built ? $"sha256:built-{built.Name}" : $"sha256:{image}";

    private static IEnumerable<string> Volumes(ServiceSpec spec, Naming naming)
        => spec.Mounts.OfType<VolumeMount>().Select(mount => Volume(mount.Target, mount.ReadOnly, naming.Physical(mount.Volume.Name)));

    // Mounts cannot change a label, and volumes can.
    private static IEnumerable<string> Relabelled(ServiceSpec spec) =>
        from bind in spec.Mounts.OfType<BindMount>()
        where bind.Relabel != Relabel.None
        select $"{{containerPath: {bind.Target}, hostPath: {Path.GetFullPath(bind.Source, StackRun.Root)}, readOnly: {bind.ReadOnly}, "
        + $"selinuxRelabel: {(bind.Relabel == Relabel.Shared ? "z" : "Z")}}}";

    // Its files come on a volume for each folder, called after what is left of the container's name.
    private static IEnumerable<string> Carried(ServiceSpec spec, Naming naming, string name)
    {
        var service = spec.Name + name[naming.Container(spec).Length..];
        if (spec.Files.Any(file => !file.Content.HasSecrets)) yield return Volume("/run/configs", true, naming.Physical(service + "-configs"));
        if (spec.Files.Any(file => file.Content.HasSecrets)) yield return Volume("/run/secrets", true, naming.Physical(service + "-secrets"));
    }

    // A proxy reads from a volume which container of a service that starts first it is to use.
    private static IEnumerable<string> Led(ServiceSpec spec, Topology topology) =>
        spec
            .Routes.Where(route => topology.Find(route.Service)!.Replacement == Replacement.StartFirst)
            .Select(route => Volume(route.Folder, true, topology.Naming.Physical($"{spec.Name}-to-{route.Service}")));

    private static string Volume(string path, bool readOnly, string name) => $"{{containerPath: {path}, readOnly: {readOnly}, volumeName: {name}}}";

    private static string? Capabilities(ServiceSpec spec) =>
        spec.Capabilities is not { } capabilities
            ? null
            : Map(
                new[] { ("adds", capabilities.Add), ("drops", capabilities.Drop) }
                    .Where(list => !list.Item2.IsEmpty)
                    .Select(list => (list.Item1, List(list.Item2.Select(name => name == "ALL" ? name : "CAP_" + name))))
            );

    private static string Restart(RestartPolicy policy) => policy.Mode switch
    {
        RestartMode.No => "no",
        RestartMode.OnFailure => "on-failure",
        RestartMode.Always => "always",
        _ => "unless-stopped",
    };

    private static string Probe(HealthCheck probe) => Map(new[]
    {
        ("interval", Go(probe.Interval)), ("retries", $"{probe.Retries}"), ("startInterval", probe.StartInterval is { } start ? Go(start) : ""),
        ("startPeriod", Go(probe.StartPeriod)), ("tests", probe.IsOfImage ? "[]" : List(probe.Test.Prepend("CMD"))), ("timeout", Go(probe.Timeout)),
    }.Where(entry => entry.Item2.Length > 0));

    // As long as the engine itself may call it starting, and never less than the provider would wait by itself.
    // Of an image's own probe nothing is known: 30 s at a time, three times, after five minutes, unless the settings say so.
    private static string Patience(HealthCheck probe)
    {
        var (start, times, interval, timeout) = (
            probe.StartPeriod.TotalSeconds,
            probe.Retries,
            probe.Interval.TotalSeconds,
            probe.Timeout.TotalSeconds
        );
        if (probe.IsOfImage)
            (start, times, interval, timeout) = (Or(start, 300), (int)Or(times, 3), Or(interval, 30), Or(timeout, 30));
        return Number(Math.Max(60, Math.Ceiling(start + (times * (interval + timeout)))));

        static double Or(double said, double usual) => said > 0 ? said : usual;
    }

    // As Go prints a duration: 250ms, 10s, 1m30s, 24h0m0s.
    private static string Go(TimeSpan duration)
    {
        if (duration.TotalSeconds is > 0 and < 1) return Number(duration.TotalMilliseconds) + "ms";
        var (hours, minutes) = ((int)duration.TotalHours, duration.Minutes);
        return (hours > 0 ? $"{hours}h" : "") + (hours > 0 || minutes > 0 ? $"{minutes}m" : "") + Number(duration.TotalSeconds % 60) + "s";
    }

    // 0.5, 1.0, 1.25: as the provider reads them back.
    private static string? Cores(Cpu? cpus) =>
        cpus is { } some ? (some.Millicores / 1000m).ToString(some.Millicores % 1000 == 0 ? "0.0" : "0.###", CultureInfo.InvariantCulture) : null;

    private static string? MiB(Size? size) => size is { } some ? Number(some.Bytes / 1048576d) : null;

    private static string Seconds(TimeSpan duration) => Number(Math.Max(1, Math.Ceiling(duration.TotalSeconds)));

    private static string Fill(Template template) => template.Render(secret => FakeSecrets.ValueOf(secret)).Text!;

    private static string List(IEnumerable<string> items) => "[" + string.Join(", ", items) + "]";

    private static string Map(IEnumerable<(string Key, string Value)> entries)
        => "{" + string.Join(", ", entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {entry.Value}")) + "}";

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
