using System.Collections.Immutable;
using Infra.Cli;
using Infra.Model;
using Infra.Stacks.Configuration;

namespace Infra.Backups;

/// <summary>Something of a stack that a backup keeps: a service's data, or a volume of the application's own.</summary>
/// <param name="Name">The service's name, or the volume's.</param>
/// <param name="Service">The service, or one that mounts the volume.</param>
public abstract record BackupPart(string Name, ServiceSpec Service)
{
    /// <summary>The file's name in a backup.</summary>
    public abstract string File { get; }

    /// <summary>Whether the data are compressed on their way into the file.</summary>
    public abstract bool IsZipped { get; }

    /// <summary>Whether a user means it by this name: a service's, or a volume's.</summary>
    public virtual bool IsNamed(string name) => Name == name;

    /// <summary>Every part of a topology, databases first.</summary>
    public static ImmutableArray<BackupPart> From(Topology topology)
    {
        // What a service dumps is not copied from its volume as well, whoever else mounts it.
        var dumped = topology.Services.Where(service => service.Backup is not null)
            .SelectMany(service => service.Mounts.OfType<VolumeMount>()).Select(mount => mount.Volume.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. topology.Services.Where(service => service.Backup is not null).Select(service => new ServicePart(service)),
            .. topology.Services.SelectMany(Volumes).Where(part => !dumped.Contains(part.Name)).DistinctBy(part => part.Name),
        ];
    }

    // Beat's schedule is made anew from the code.
    private static IEnumerable<VolumePart> Volumes(ServiceSpec service) => service.Role is ServiceRole.Web or ServiceRole.Worker or ServiceRole.Beat
        ? service.Mounts.OfType<VolumeMount>().Where(mount => mount.Volume.HoldsState && !service.StatePaths.Contains(mount.Target))
            .Select(mount => new VolumePart(service, mount))
        : [];

    /// <summary>The same, or those of that name.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static ImmutableArray<BackupPart> From(Topology topology, string? name)
    {
        var all = From(topology);
        if (name is null) return all.Length > 0 ? all : throw CliException.Bad($"{topology.Naming.Name}: Nothing of it holds data that could be backed up.");
        ImmutableArray<BackupPart> named = [.. all.Where(part => part.IsNamed(name))];
        if (named.Length > 0) return named;
        var names = all.Select(part => part.Name).ToArray();
        var near = Nearest.To(name, names) is { } other ? $" Did you mean '{other}'?" : "";
        throw CliException.Bad($"{name}: Nothing of that name is backed up.{near} There is: {string.Join(", ", names)}.");
    }
}

/// <summary>A service's data.</summary>
public sealed record ServicePart(ServiceSpec Service) : BackupPart(Service.Name, Service)
{
    public ServiceBackup Way => Service.Backup!;

    public override bool IsZipped => !Way.IsCompressed;

    public override string File => IsZipped ? Way.File + ".gz" : Way.File;
}

/// <summary>A volume of the application's own: what is uploaded, say.</summary>
public sealed record VolumePart(ServiceSpec Service, VolumeMount Mount) : BackupPart(Mount.Volume.Name, Service)
{
    public override bool IsZipped => true;

    public override string File => $"volume-{Name}.tar.gz";
}
