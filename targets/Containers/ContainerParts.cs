using System.Globalization;
using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;

namespace Infra.Targets.Containers;

/// <summary>Makes the parts of a container that are more than a scalar, each as the provider reads it back: any other form is a difference.</summary>
internal static class ContainerParts
{
    private const long PerMillicore = 1_000_000;
    private const decimal PerCore = 1_000_000_000;

    // The provider's own default; a service is never given less.
    private const int LeastWait = 60;

    /// <summary>Published ports, in the order in which the provider reads them back.</summary>
    public static InputList<ContainerPortArgs> Ports(ServiceSpec spec) =>
        Unset.OrList(
            spec.Ports.OrderBy(port => port.Container)
                .ThenBy(port => port.Protocol, StringComparer.Ordinal)
                .ThenBy(port => port.Host)
                .Select(port => new ContainerPortArgs
                {
                    Internal = port.Container,
                    External = port.Host,
                    Ip = port.Address,
                    Protocol = port.Protocol,
                })
        );

    /// <summary>The service's own volumes.</summary>
    public static IEnumerable<ContainerVolumeArgs> Volumes(ServiceSpec spec, StackVolumes volumes) =>
        spec
            .Mounts.OfType<VolumeMount>()
            .Select(mount => new ContainerVolumeArgs
            {
                VolumeName = volumes.Name(mount.Volume, spec),
                ContainerPath = mount.Target,
                ReadOnly = mount.ReadOnly,
            });

    /// <summary>Folders and files of the host: as mounts, which refuse a source that is not there instead of making an empty folder.</summary>
    public static InputList<ContainerMountArgs> Binds(ServiceSpec spec) =>
        Unset.OrList(
            spec.Mounts.OfType<BindMount>()
                .Where(mount => mount.Relabel == Relabel.None)
                .Select(mount => new ContainerMountArgs
                {
                    Type = "bind",
                    Source = ProjectPath.Absolute(mount.Source),
                    Target = mount.Target,
                    ReadOnly = mount.ReadOnly,
                })
        );

    /// <summary>Those whose SELinux label is changed: only a volume of the provider's can say so.</summary>
    public static IEnumerable<ContainerVolumeArgs> Relabelled(ServiceSpec spec) =>
        spec
            .Mounts.OfType<BindMount>()
            .Where(bind => bind.Relabel != Relabel.None)
            .Select(bind => new ContainerVolumeArgs
            {
                HostPath = ProjectPath.Absolute(bind.Source),
                ContainerPath = bind.Target,
                ReadOnly = bind.ReadOnly,
                SelinuxRelabel = bind.RelabelLetter!,
            });

    public static InputList<ContainerHostArgs> Hosts(ServiceSpec spec)
        => Unset.OrList(spec.ExtraHosts.Select(host => new ContainerHostArgs { Host = host.Key, Ip = host.Value }));

    public static InputList<ContainerUlimitArgs> Ulimits(ServiceSpec spec)
        => Unset.OrList(spec.Ulimits.Select(limit => new ContainerUlimitArgs { Name = limit.Key, Soft = limit.Value.Soft, Hard = limit.Value.Hard }));

    public static InputList<ContainerDeviceArgs> Devices(ServiceSpec spec) =>
        Unset.OrList(
            spec.Devices.Select(device => new ContainerDeviceArgs
            {
                HostPath = device.Host,
                ContainerPath = device.Container,
                Permissions = device.Permissions,
            })
        );

    public static string Gpus(Gpus gpus) => gpus.Count?.ToString(CultureInfo.InvariantCulture) ?? "all";

    /// <summary>Memory in the file system; the engine adds noexec, nosuid and nodev by itself.</summary>
    public static InputMap<string> Tmpfs(ServiceSpec spec) => Unset.OrMap(TmpfsOptions(spec));

    /// <summary>The options of tmpfs by path, in the model's order.</summary>
    public static IEnumerable<KeyValuePair<string, string>> TmpfsOptions(ServiceSpec spec) =>
        spec.Mounts.OfType<TmpfsMount>().Select(mount => KeyValuePair.Create(mount.Target, $"size={mount.Size},mode=1777"));

    public static Input<ContainerHealthcheckArgs>? Health(HealthCheck? check) =>
        check is null || check == HealthCheck.OfImage
            ? null
            : (Input<ContainerHealthcheckArgs>)
                new ContainerHealthcheckArgs
                {
                    Tests = check.IsOfImage ? [] : check.Test.Insert(0, "CMD"),
                    Interval = GoDuration.Format(check.Interval),
                    Timeout = GoDuration.Format(check.Timeout),
                    Retries = check.Retries,
                    StartPeriod = GoDuration.Format(check.StartPeriod),
                    StartInterval = Unset.OrText(check.StartInterval is { } interval ? GoDuration.Format(interval) : null),
                };

    /// <summary>
    /// Seconds after which a start has failed: as long as the engine itself may call the service starting, which is the start
    /// period and then as many failed probes as it takes. Less would give up on a service that is merely slow.
    /// </summary>
    public static int WaitSeconds(HealthCheck check) => Math.Max(LeastWait, Seconds(check.Patience));

    /// <summary>Whole seconds, rounded up: a grace is never cut short.</summary>
    public static int Seconds(TimeSpan duration) => checked((int)Math.Ceiling(duration.TotalSeconds));

    public static string Restart(RestartMode mode) =>
        mode switch
        {
            RestartMode.No => "no",
            RestartMode.OnFailure => "on-failure",
            RestartMode.Always => "always",
            _ => "unless-stopped",
        };

    /// <summary>The most attempts to restart, which the engine takes with <c>on-failure</c> only.</summary>
    public static int? RestartAttempts(RestartPolicy policy) => policy.Mode == RestartMode.OnFailure ? policy.MaxAttempts : null;

    /// <summary>Where the log goes; the engine's own driver when the model has none.</summary>
    public static Input<string>? LogDriver(Logging? logging) => Unset.OrText(logging?.Driver);

    public static InputMap<string> LogOptions(Logging? logging) => Unset.OrMap(logging is null ? [] : logging.Options);

    public static Input<ContainerCapabilitiesArgs>? Capabilities(Capabilities? capabilities) =>
        capabilities is null
            ? null
            : (Input<ContainerCapabilitiesArgs>)
                new ContainerCapabilitiesArgs
                {
                    Adds = Unset.OrList(capabilities.Add.Select(Prefixed)),
                    Drops = Unset.OrList(capabilities.Drop.Select(Prefixed)),
                };

    // As the engine reports them; ALL has no prefix there.
    private static string Prefixed(string name) => name == "ALL" || name.StartsWith("CAP_", StringComparison.Ordinal) ? name : "CAP_" + name;

    public static InputList<string> SecurityOptions(ServiceSpec spec) => spec.NoNewPrivileges ? (InputList<string>)"no-new-privileges=true" : null!;

    /// <summary>
    /// The share of processor time: <c>0.5</c>, <c>1.0</c>, <c>10.</c>. One that comes back rounded (<c>0.05</c>) is given a billionth of a
    /// core more, which comes back as a whole number. Any other spelling replaces the container at each preview.
    /// </summary>
    public static string Cpus(Cpu cpu)
    {
        var share = cpu.Millicores * PerMillicore;
        var text = ReadBack(share);
        return decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * PerCore == share ? text : ReadBack(share + 1);
    }

    // It writes nine decimals, takes what has nine noughts in all for a round number with one decimal, and else cuts the noughts at the end.
    private static string ReadBack(long share)
    {
        var text = (share / PerCore).ToString("0.000000000", CultureInfo.InvariantCulture);
        return text.Count(letter => letter == '0') == 9 ? (share / PerCore).ToString("0.0", CultureInfo.InvariantCulture) : text.TrimEnd('0');
    }
}
