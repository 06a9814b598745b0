using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Backups;

/// <summary>
/// Puts a backup's data in the place of a running stack's. All parts are read, checked and put beside what is there before anything
/// is stopped; only then, while nothing that uses them runs, each takes its place.
/// </summary>
public sealed class RestoreCommand(IShell shell, Topology topology, StoppedNote note, RestoreNote begun, TextWriter output)
{
    private readonly Docker docker = new(shell);
    private readonly RestoreSteps steps = new(shell, topology.Naming, note.Swaps);

    /// <summary>The parts of the backup that the stack has, and the containers to restore them into.</summary>
    /// <exception cref="UserErrorException">Some part has no place, its service does not run, its image is gone, or what is stopped for it could not be started again; all of them are named.</exception>
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
                        $"{written.Name}: The service '{part.Service.Name}' does not run. Bring it up with './infra.sh up {topology.Naming.Stack}' first."
                    );
            }
            else if (part.RestoresStopped && await PartImage.FindAsync(docker, topology.Naming, part, container, cancellationToken) is null)
                faults.Add(
                    $"{written.Name}: The image of '{part.Service.Name}' is not on the engine any more. Run './infra.sh up {topology.Naming.Stack}' first."
                );
            else
                planned.Add(await StepAsync(part, written, container, cancellationToken));
        }

        if (faults.Count > 0)
            throw UserErrorException.BadInput([.. faults, "Nothing was changed."]);
        if (planned.Count == 0)
            throw UserErrorException.BadInput(
                $"{name}: The backup of {backup.Manifest.Taken:u} has none of it. It has: {string.Join(", ", backup.Manifest.Parts.Select(part => part.Name))}."
            );
        var plan = new RestorePlan(
            backup,
            [.. planned.OrderBy(step => parts.IndexOf(step.Part))],
            [.. parts.Where(part => planned.TrueForAll(step => step.Part.File != part.File))],
            containers
        );
        string[] lost = [.. Stopped(plan).Select(container => LostMounts.Find(topology, container)).OfType<string>()];
        return lost.Length == 0 ? plan : throw UserErrorException.BadInput([.. lost, "Nothing was changed."]);
    }

    /// <exception cref="UserErrorException">A part was not restored; the message says which, and in what state each is.</exception>
    public async Task RunAsync(RestorePlan plan, CancellationToken cancellationToken)
    {
        await steps.EndLeftoversAsync();
        var left = new List<RestoreStep>();
        begun.Begin(plan);
        try
        {
            foreach (var step in plan.Steps)
            {
                left.Add(step);
                if (IsWithoutCompanion(step, plan)) await RequireDroppedAsync(step);
                await steps.PrepareAsync(plan.Backup, step, cancellationToken);
            }

            await new Dependents(shell, topology, note, output).WhileStoppedAsync(
                Users(plan), plan.Containers, () => CommitAsync(plan, left, cancellationToken), cancellationToken);
        }
        finally
        {
            // What did not take its place would only take room.
            foreach (var step in left) await steps.RunAsync(step, "drop");
            begun.End();
        }
    }

    // What a restore that was killed has prepared of the companion is of another backup.
    private static bool IsWithoutCompanion(RestoreStep step, RestorePlan plan) =>
        step.Part is ServicePart { Way.Companion: { } companion }
        && !plan.Steps.Any(other => other.Part is ServicePart part && part.Way == companion);

    private async Task RequireDroppedAsync(RestoreStep step)
    {
        var dropped = await steps.RunAsync(step, "drop");
        if (!dropped.Succeeded)
            throw UserErrorException.Failed(
                $"{step.Part.Name}: What an earlier restore has left there cannot be removed: {dropped.Reason} Nothing was changed."
            );
    }

    private async Task CommitAsync(RestorePlan plan, List<RestoreStep> left, CancellationToken cancellationToken)
    {
        foreach (var step in plan.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await FaultAsync(step) is { } fault)
            {
                var done = plan.Steps.Except(left).Select(other => $"{other.Part.Name}: It was restored before that, and stays so.");
                var others = left.Where(other => other != step)
                    .Select(other => $"{other.Part.Name}: It was not restored. Its data are as they were.");
                throw UserErrorException.Failed([fault, .. done, .. others]);
            }

            left.Remove(step);
            begun.End(step.Part.File);
            output.WriteLine($"{step.Part.Name}: restored, {step.Written.Amount}{(step.Written.Rows is null ? "" : ", as many as were dumped")}.");
        }
    }

    private async Task<string?> FaultAsync(RestoreStep step)
    {
        string reason;
        try
        {
            var result = await steps.CommitAsync(step);
            if (result.Succeeded)
            {
                steps.End(step);
                return null;
            }

            reason = result.Reason;
        }
        catch (OperationCanceledException)
        {
            reason = "It was interrupted.";
        }

        var undone = await steps.RunAsync(step, "undo");
        if (undone.Succeeded) steps.End(step);
        return $"{step.Part.Name}: It was not restored: {reason} "
            + (
                undone.Succeeded
                    ? step.Part.AfterFailure
                    : $"Nor could its data be put back: {undone.Reason} Restore it again before anything uses it."
            );
    }

    private IEnumerable<ContainerState> Stopped(RestorePlan plan)
    {
        var users = Users(plan).Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        return plan.Containers.Where(container => users.Contains(container.Service));
    }

    // A volume is written to by every service that mounts it; what is restored beside a service must not run.
    private ImmutableArray<ServiceSpec> Users(RestorePlan plan)
    {
        var services = plan.Steps.Where(step => step.Part is ServicePart).Select(step => step.Part.Service.Name).ToHashSet(StringComparer.Ordinal);
        var volumes = plan
            .Steps.Select(step => step.Part)
            .OfType<VolumePart>()
            .Select(part => part.Mount.Volume.Name)
            .ToHashSet(StringComparer.Ordinal);
        var users = new Dependents(shell, topology, note, output)
            .On(services)
            .Select(service => service.Name)
            .Except(services)
            .Concat(
                topology
                    .Services.Where(service => service.Mounts.OfType<VolumeMount>().Any(mount => volumes.Contains(mount.Volume.Name)))
                    .Select(service => service.Name)
            )
            .Concat(plan.Steps.Where(step => step.Part.RestoresStopped && step.Part is ServicePart).Select(step => step.Part.Service.Name))
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
