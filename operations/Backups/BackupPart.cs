using System.Collections.Immutable;
using Infra.Components.Programs;
using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Stacks.Configuration;

namespace Infra.Operations.Backups;

/// <summary>Something of a stack that a backup keeps: a service's data, or a volume of the application's own.</summary>
/// <param name="Name">The service's name, or the volume's.</param>
/// <param name="Service">The service, or one that mounts the volume.</param>
public abstract record BackupPart(string Name, ServiceSpec Service)
{
    /// <summary>The file's name in a backup.</summary>
    public abstract string File { get; }

    /// <summary>Whether the data are compressed on their way into the file.</summary>
    public abstract bool IsZipped { get; }

    /// <summary>Whether it goes along with another part, and is asked for by that one's name.</summary>
    public virtual bool IsCompanion => false;

    /// <summary>Whether it is restored by a container beside the service's own, while that does not run.</summary>
    public abstract bool RestoresStopped { get; }

    /// <summary>What restores it, but for the step.</summary>
    public abstract ImmutableArray<string> Restore { get; }

    /// <summary>In what state a commit that failed leaves it, once it is undone.</summary>
    public virtual string AfterFailure => "Its data is unchanged.";

    /// <summary>Whether a user means it by this name: a service's, or a volume's.</summary>
    public bool IsNamed(string name) => Name == name || (IsCompanion && Service.Name == name);

    /// <summary>Every part of a topology, databases first.</summary>
    public static ImmutableArray<BackupPart> From(Topology topology)
    {
        // What a service dumps is not copied from its volume as well, whoever else mounts it.
        var dumped = topology.Services.Where(service => service.Backup is not null)
            .SelectMany(service => service.Mounts.OfType<VolumeMount>()).Select(mount => mount.Volume.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. topology.Services.SelectMany(Dumps),
            .. topology.Services.SelectMany(Volumes).Where(part => !dumped.Contains(part.Name)).DistinctBy(part => part.Name),
        ];
    }

    /// <summary>The same, or those of that name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static ImmutableArray<BackupPart> From(Topology topology, string? name)
    {
        var all = From(topology);
        if (name is null)
            return all.Length > 0
                ? all
                : throw UserErrorException.BadInput(
                    $"{topology.Naming.Name}: Nothing of it holds data that could be backed up.{Scheduled(topology)}"
                );
        ImmutableArray<BackupPart> named = [.. all.Where(part => part.IsNamed(name))];
        if (named.Length > 0) return named;
        var names = all.Where(part => !part.IsCompanion).Select(part => part.Name).ToArray();
        throw UserErrorException.BadInput(
            $"{name}: Nothing of that name is backed up.{Nearest.Hint(name, names)} There is: {string.Join(", ", names)}."
        );
    }

    private static string Scheduled(Topology topology) =>
        topology.Services.FirstOrDefault(service => service.Kind == Components.Backup.Kind) is { } own
        ? $" Its database runs elsewhere: './infra.sh backup {topology.Naming.Stack} --list' shows what the service '{own.Name}' has dumped of it."
        : "";

    private static IEnumerable<ServicePart> Dumps(ServiceSpec service)
    {
        if (service.Backup is not { } way) yield break;
        if (way.Companion is { } companion) yield return new ServicePart(service, companion);
        yield return new ServicePart(service, way);
    }

    // What a service cannot dump is copied, but for what says why not.
    private static IEnumerable<VolumePart> Volumes(ServiceSpec service) => service.Backup is not null ? [] : service.Mounts.OfType<VolumeMount>()
        .Where(mount => mount.Volume is { HoldsState: true, LeftOut: null }).Select(mount => new VolumePart(service, mount));
}

/// <summary>A service's data, or what goes along with them.</summary>
public sealed record ServicePart(ServiceSpec Service, ServiceBackup Way)
    : BackupPart(Way == Service.Backup ? Service.Name : Path.GetFileNameWithoutExtension(Way.File), Service)
{
    public override bool IsCompanion => Way != Service.Backup;

    public override bool IsZipped => !Way.IsCompressed;

    public override string File => IsZipped ? Way.File + ".gz" : Way.File;

    public override bool RestoresStopped => Way.RestoresStopped;

    public override ImmutableArray<string> Restore => Way.Restore;

    public override string AfterFailure => Way.AfterFailure ?? base.AfterFailure;
}

/// <summary>A volume that no service dumps: what is uploaded, say, or the files of a store that has no dump.</summary>
public sealed record VolumePart(ServiceSpec Service, VolumeMount Mount) : BackupPart(Mount.Volume.Name, Service)
{
    /// <summary>Whether a store writes it, whose files belong together: it is paused while they are copied.</summary>
    public bool IsStore => Service.StatePaths.Contains(Mount.Target);

    public override bool IsZipped => true;

    public override string File => $"volume-{Name}.tar.gz";

    public override bool RestoresStopped => true;

    public override ImmutableArray<string> Restore => [.. Script.Command("volume-restore", Mount.Target)];
}
