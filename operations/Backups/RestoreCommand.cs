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
    private readonly RestoreSteps steps = new(shell, topology.Naming, note.Swaps);

    /// <summary>Restores what was planned.</summary>
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
                plan.Users, plan.Containers, () => CommitAsync(plan, left, cancellationToken), cancellationToken);
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
                var done = plan.Steps.Except(left).Select(other => $"{other.Part.Name}: It was restored before that, and stays restored.");
                var others = left.Where(other => other != step)
                    .Select(other => $"{other.Part.Name}: It was not restored. Its data is unchanged.");
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
                    : $"Its old data could not be put back either: {undone.Reason} Restore it again before anything uses it."
            );
    }
}
