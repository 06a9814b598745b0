using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;

namespace Infra.Operations.Backups;

/// <summary>What is restored from where into what.</summary>
/// <param name="Backup">Where from.</param>
/// <param name="Steps">What, in the order in which it is.</param>
/// <param name="Missing">What the stack has, and the backup not.</param>
/// <param name="Users">The services that are stopped meanwhile, in the order in which they start.</param>
/// <param name="Containers">The stack's containers as they are before it.</param>
public sealed record RestorePlan(
    BackupFolder Backup,
    ImmutableArray<RestoreStep> Steps,
    ImmutableArray<BackupPart> Missing,
    ImmutableArray<ServiceSpec> Users,
    ImmutableArray<ContainerState> Containers
)
{
    /// <summary>What it comes to, a line each, before anything is done.</summary>
    public IEnumerable<string> Lines =>
    [
        $"From {Backup.Title}, taken {Backup.Manifest.Taken:u} of {Backup.Manifest.Stack}:",
        .. Steps.Select(step => $"  {step.Part.Name}: {step.Written.Amount}{(step.Now is { } now ? $"; it has {Counted.Of(now, "row")} now" : "")}"),
        .. NotRestored.Select(line => "  " + line),
    ];

    /// <summary>What is as it was after it, a line each.</summary>
    public IEnumerable<string> NotRestored =>
    [
        .. Missing.Select(part => $"{part.Name}: The backup does not have it; it stays as it is."),
        .. Steps.Select(step => step.Part).OfType<ServicePart>().Where(part => part.Way.LeavesOut is not null)
            .Select(part => $"{part.Name}: A backup does not have {part.Way.LeavesOut}."),
    ];
}

/// <summary>One file, and the container whose data it becomes.</summary>
/// <param name="Part">What it becomes.</param>
/// <param name="Written">The file.</param>
/// <param name="Container">The service's container.</param>
/// <param name="Image">Of the container that restores it, beside the service's own; unset where that is the service's own.</param>
/// <param name="Now">The rows that it has before, where they can be counted.</param>
public sealed record RestoreStep(BackupPart Part, ManifestPart Written, ContainerState Container, string? Image, long? Now);
