using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Backups;

/// <summary>Plans a restore: finds the container for each part, and what has to be stopped meanwhile. It changes nothing.</summary>
public sealed class RestorePlanner(IShell shell, Topology topology)
{
    private readonly Docker docker = new(shell);

    /// <summary>The parts of the backup that the stack has, and the containers to restore them into.</summary>
    /// <exception cref="UserErrorException">
    /// Some part has no place, its service does not run, its image is gone, or what is stopped for it could not be started again.
    /// The message names all of them.
    /// </exception>
    public async Task<RestorePlan> PlanAsync(BackupFolder backup, string? name, CancellationToken cancellationToken)
    {
        var parts = BackupPart.From(topology, name);
        var containers = await docker.ContainersAsync(topology.Naming, cancellationToken);
        var (planned, faults) = (new List<RestoreStep>(), new List<string>());
        foreach (
            var written in backup.Manifest.Parts.Where(written =>
                name is null || parts.Any(part => part.File == written.File || part.Name == written.Name)
            )
        )
        {
            var part = parts.FirstOrDefault(part => part.File == written.File) ?? parts.FirstOrDefault(part => part.Name == written.Name);
            if (part is null)
                faults.Add($"{written.Name}: The backup has it, and the stack does not. Restore the others one by one, by their names.");
            else if (part.File != written.File)
                faults.Add($"{written.Name}: The backup has it as {written.File}, which is not restored into {part.File}.");
            else if (
                containers.FirstOrDefault(container => container.Service == part.Service.Name && (container.IsRunning || part.RestoresStopped))
                is not { } container
            )
            {
                if (!part.IsCompanion)
                    faults.Add(
                        $"{written.Name}: The service '{part.Service.Name}' is not running. "
                            + $"Bring it up with './infra.sh up {topology.Naming.Stack}' first."
                    );
            }
            else if (part.RestoresStopped && await PartImage.FindAsync(docker, topology.Naming, part, container, cancellationToken) is null)
                faults.Add(
                    $"{written.Name}: The image of '{part.Service.Name}' is not on the engine any more. "
                        + $"Run './infra.sh up {topology.Naming.Stack}' first."
                );
            else
                planned.Add(await StepAsync(part, written, container, cancellationToken));
        }

        if (faults.Count > 0)
            throw UserErrorException.BadInput([.. faults, "Nothing was changed."]);
        if (planned.Count == 0)
            throw UserErrorException.BadInput(
                $"{name}: The backup of {backup.Manifest.Taken:u} has none of it. "
                    + $"It has: {string.Join(", ", backup.Manifest.Parts.Select(part => part.Name))}."
            );
        var users = Users(planned);
        var plan = new RestorePlan(
            backup,
            [.. planned.OrderBy(step => parts.IndexOf(step.Part))],
            [.. parts.Where(part => planned.TrueForAll(step => step.Part.File != part.File))],
            users,
            containers
        );
        var stopped = containers.Where(container => users.Any(service => service.Name == container.Service));
        string[] lost = [.. stopped.Select(container => LostMounts.Find(topology, container)).OfType<string>()];
        return lost.Length == 0 ? plan : throw UserErrorException.BadInput([.. lost, "Nothing was changed."]);
    }

    // A volume is written to by every service that mounts it; what is restored beside a service must not run.
    private ImmutableArray<ServiceSpec> Users(List<RestoreStep> steps)
    {
        var services = steps.Where(step => step.Part is ServicePart).Select(step => step.Part.Service.Name).ToHashSet(StringComparer.Ordinal);
        var volumes = steps
            .Select(step => step.Part)
            .OfType<VolumePart>()
            .Select(part => part.Mount.Volume.Name)
            .ToHashSet(StringComparer.Ordinal);
        var users = Dependents
            .On(topology, services)
            .Select(service => service.Name)
            .Except(services)
            .Concat(
                topology
                    .Services.Where(service => service.Mounts.OfType<VolumeMount>().Any(mount => volumes.Contains(mount.Volume.Name)))
                    .Select(service => service.Name)
            )
            .Concat(steps.Where(step => step.Part.RestoresStopped && step.Part is ServicePart).Select(step => step.Part.Service.Name))
            .ToHashSet(StringComparer.Ordinal);
        return [.. topology.InStartOrder().Where(service => users.Contains(service.Name))];
    }

    private async Task<RestoreStep> StepAsync(BackupPart part, ManifestPart written, ContainerState container, CancellationToken cancellationToken)
    {
        long? now = null;
        if (
            part is ServicePart { Way.Count: { Length: > 0 } count }
            && await docker.RunAsync(["exec", container.Id, .. count], cancellationToken) is { Succeeded: true } counted
        )
            now = RowCounts.From(counted).Rows.Values.Sum();
        return new RestoreStep(
            part,
            written,
            container,
            part.RestoresStopped ? await PartImage.FindAsync(docker, topology.Naming, part, container, cancellationToken) : null,
            now
        );
    }
}
