using System.Collections.Immutable;
using System.Globalization;
using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>Runs services as containers of one Docker engine, through Pulumi's Docker provider.</summary>
public sealed class ContainerHost : IServiceHost
{
    private readonly Naming naming;
    private readonly Filler filler;
    private readonly StackImages images;
    private readonly StackNetworks networks;
    private readonly StackVolumes volumes;
    private readonly FilesCarrier carrier;
    private readonly VolumeOpening opening;
    private readonly StartedServices started;
    private readonly ProxyRoutes routes;

    /// <summary>A host that names objects and fills secrets in this way; for one run of one stack.</summary>
    public ContainerHost(Naming naming, ISecretValues secrets)
    {
        this.naming = naming;
        filler = new Filler(secrets);
        images = new StackImages(naming);
        networks = new StackNetworks(naming);
        volumes = new StackVolumes(naming);
        carrier = new FilesCarrier(naming, filler, volumes);
        opening = new VolumeOpening(naming, volumes);
        started = new StartedServices(naming);
        routes = new ProxyRoutes(naming, volumes, started);
        Exports = new StackExports(secrets);
    }

    /// <summary>Any change of it runs the steps again: one that failed stays in Pulumi's state and is not repeated by itself.</summary>
    public string? Attempt { get; init; }

    /// <summary>What the services so far export.</summary>
    public StackExports Exports { get; }

    /// <summary>
    /// What an image's content is at present, as a short text. Defaults to its name.
    /// A service that starts first is named after it.
    /// </summary>
    public Func<Image, string> Content { get; init; } = image => image.ToString()!;

    /// <summary>
    /// What a service's label <see cref="ContainerLabels.Password"/> is, where the running one takes its password of today already and so
    /// need not be replaced for it; nothing, the default, where that is not known, or it does not.
    /// </summary>
    public Func<ServiceSpec, string?> PasswordVersion { get; init; } = _ => null;

    /// <inheritdoc/>
    public void Build(BuiltImage image, ComponentResource parent) => images.Build(image, parent);

    /// <inheritdoc/>
    public ServiceSpec Run(ServiceSpec spec, ComponentResource parent)
    {
        var image = images.Id(spec.Image, spec.Platform);
        // A step that fails leaves what runs as it is, its files too.
        var files = carrier.Carry(spec, Suffix(spec), image, ContainerOptions.For(parent, started.BeforeFiles(spec)));
        var before = started.Before(spec);
        if (files?.Passwords is { } passwords) before.Add(passwords);
        foreach (var opener in opening.Open(spec, image, ContainerOptions.For(parent, new InputList<Resource>()))) before.Add(opener);
        var containers = ImmutableArray.CreateBuilder<Docker.Container>();
        for (var number = 1; number <= spec.Containers(); number++)
        {
            var name = ReplicaNames.Of(spec.Name, number) + Suffix(spec);
            containers.Add(new Docker.Container(name, Args(spec, number, image, files), ContainerOptions.For(parent, before)));
            // One after the other: what does not become healthy is replaced no further.
            before = containers[^1];
        }

        started.Add(spec, containers.ToImmutable());
        routes.Lead(spec, image, parent);
        Exports.Add(spec, containers.ToImmutable());
        return spec;
    }

    private Docker.ContainerArgs Args(ServiceSpec spec, int number, Input<string> image, CarriedFiles? files)
    {
        var args = Basics(spec, number, image);
        args.Labels = Labelled(spec, number, files);
        args.NetworkMode = StackNetworks.Mode;
        args.NetworksAdvanced = networks.Attachments(spec);
        args.Volumes = Unset.OrList([
            .. ContainerParts.Volumes(spec, volumes),
            .. ContainerParts.Relabelled(spec),
            .. files?.Mount(readOnly: true) ?? [],
            .. routes.Mount(spec),
        ]);
        Equip(args, spec);
        Limit(args, spec);
        Harden(args, spec);
        Live(args, spec);
        return args;
    }

    private Docker.ContainerArgs Basics(ServiceSpec spec, int number, Input<string> image) => new()
    {
        Name = ReplicaNames.Of(naming.Container(spec), number) + Suffix(spec),
        Image = image,
        Entrypoints = Unset.OrList(spec.Entrypoint),
        Command = Unset.OrList(spec.Command),
        WorkingDir = Unset.OrText(spec.WorkingDirectory),
        Hostname = Unset.OrText(spec.Hostname),
        Platform = Unset.OrText(spec.Platform),
        Envs = filler.Variables(spec),
        Ports = ContainerParts.Ports(spec),
        Mounts = ContainerParts.Binds(spec),
        Tmpfs = ContainerParts.Tmpfs(spec),
        LogDriver = ContainerParts.LogDriver(spec.Logging),
        LogOpts = ContainerParts.LogOptions(spec.Logging),
        // Anonymous volumes outlive their container: with a wrong mount path they hold the data.
        RemoveVolumes = false,
    };

    // Another name is another resource: Pulumi makes the new one, waits until it is healthy, and only then deletes the old one.
    private string Suffix(ServiceSpec spec) => spec.Replacement == Replacement.StartFirst ? "-" + Fingerprint.Whole(spec, Content(spec.Image)) : "";

    // What it finds around it that an engine would not give it by itself.
    private static void Equip(Docker.ContainerArgs args, ServiceSpec spec)
    {
        args.Hosts = ContainerParts.Hosts(spec);
        args.Dns = Unset.OrList(spec.Dns);
        args.Sysctls = Unset.OrMap(spec.Sysctls);
        args.Ulimits = ContainerParts.Ulimits(spec);
        args.Devices = ContainerParts.Devices(spec);
        args.Gpus = Unset.OrText(spec.Gpus is { } gpus ? ContainerParts.Gpus(gpus) : null);
    }

    private static void Limit(Docker.ContainerArgs args, ServiceSpec spec)
    {
        args.Memory = spec.Memory?.WholeMiB;
        // Equal: no swap. Unset: a difference in every preview.
        args.MemorySwap = spec.Memory?.WholeMiB;
        args.MemoryReservation = spec.ReservedMemory?.WholeMiB;
        args.ShmSize = spec.SharedMemory?.WholeMiB;
        args.Cpus = Unset.OrText(spec.Cpus is { } cpus ? ContainerParts.Cpus(cpus) : null);
    }

    private static void Harden(Docker.ContainerArgs args, ServiceSpec spec)
    {
        args.User = Unset.OrText(spec.User);
        args.ReadOnly = spec.ReadOnly;
        args.Capabilities = ContainerParts.Capabilities(spec.Capabilities);
        args.SecurityOpts = ContainerParts.SecurityOptions(spec);
    }

    private static void Live(Docker.ContainerArgs args, ServiceSpec spec)
    {
        args.Init = spec.Init;
        args.Restart = ContainerParts.Restart(spec.Restart.Mode);
        args.MaxRetryCount = ContainerParts.RestartAttempts(spec.Restart);
        args.StopSignal = Unset.OrText(spec.StopSignal);
        // 0 is the same as unset to the provider: it would kill immediately, whatever the stop timeout, and that would be the engine's own.
        args.StopTimeout = args.DestroyGraceSeconds = Math.Max(1, ContainerParts.Seconds(spec.StopGrace));
        args.Healthcheck = ContainerParts.Health(spec.Health);
        if (spec.IsStep())
        {
            args.Attach = true;
            args.MustRun = false;
        }
        else if (spec.Health is { } check)
        {
            args.Wait = true;
            args.WaitTimeout = ContainerParts.WaitSeconds(check);
        }
    }

    private InputList<ContainerLabelArgs> Labelled(ServiceSpec spec, int number, CarriedFiles? files)
    {
        var labels = new SortedDictionary<string, Input<string>>(StringComparer.Ordinal);
        foreach (var (name, value) in spec.Labels) labels[name] = value;
        foreach (var (name, value) in ContainerLabels.ForStack(naming)) labels[name] = value;
        labels[Labels.Service] = spec.Name;
        if (number > 1) labels[Labels.Replica] = number.ToString(CultureInfo.InvariantCulture);
        labels[Labels.Fingerprint] = Fingerprint.Hash(spec);
        if (files?.Version is { } version) labels[ContainerLabels.Files] = version;
        if (files?.Passwords is { } passwords) labels[ContainerLabels.Password] = PasswordVersion(spec) is { } known ? known : passwords.Id;
        // A step that has ended needs no network any more, and is not to run again for one.
        if (!spec.IsStep() && !spec.Networks.IsEmpty) labels[ContainerLabels.Networks] = networks.Ids(spec);
        if (spec.IsStep() && Attempt is not null) labels[ContainerLabels.Attempt] = Attempt;
        return Unset.OrList(labels.Select(label => new ContainerLabelArgs { Label = label.Key, Value = label.Value }));
    }
}
