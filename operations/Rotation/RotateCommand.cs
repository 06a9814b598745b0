using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Stacks;

namespace Infra.Operations.Rotation;

/// <summary>
/// Gives a secret of a stack another value: it is set in the service that keeps it in its data and replaced where it is stored,
/// and what uses it is recreated. On failure the old value stays in use, or the message says which one is.
/// </summary>
/// <param name="shell">Runs Docker's client.</param>
/// <param name="stack">The stack.</param>
/// <param name="store">Where its secrets are kept.</param>
/// <param name="notes">Where a value is noted until the rotation to it is over.</param>
/// <param name="up">Brings the stack up with the secrets as they are kept.</param>
/// <param name="output">Where the steps are reported.</param>
public sealed class RotateCommand(
    IShell shell,
    StackContext stack,
    ISecretStore store,
    SecretFiles notes,
    Func<CancellationToken, Task> up,
    TextWriter output
)
{
    private readonly Docker docker = new(shell);

    /// <summary>
    /// Brings the stack up with the new value in place of the one that is kept, for the second users of the service that has it; unset
    /// where what uses it cannot log in as them.
    /// </summary>
    public Func<SecretValue, CancellationToken, Task>? UpAsSecond { get; init; }

    /// <summary>Rotates it. A value that an interrupted rotation has noted is used before a fresh one.</summary>
    /// <exception cref="UserErrorException">It did not work; the message says which value holds.</exception>
    public async Task RunAsync(Secret secret, SecretValue? given, CancellationToken cancellationToken)
    {
        var old = await store.ReadAsync(secret, cancellationToken);
        var pending = notes.Pending(secret);
        if (pending is not null) output.WriteLine($"{secret.Name}: An earlier rotation was interrupted; this one finishes it.");
        var value = given ?? pending ?? SecretFiles.Generate();
        if (value.Equals(Taken(secret, old)) && pending is null) throw UserErrorException.BadInput($"{secret.Name}: This is already its value.");
        var owners = await OwnersAsync(secret, cancellationToken);
        notes.Prepare(secret, value);
        try
        {
            foreach (var (change, container) in owners)
                await ChangeAsync(change, change.First(UpAsSecond is not null), container.Id, value, cancellationToken);
            if (UpAsSecond is not null)
            {
                output.WriteLine(
                    $"{secret.Name}: Both values are accepted. What uses it is recreated twice: "
                        + "as a second user with the new value, then as its own user, who has it by then."
                );
                await UpAsSecond(value, cancellationToken);
            }

            await store.SetAsync(secret, value, cancellationToken);
            if (UpAsSecond is not null) await ChangeInTwoStepsAsync(owners, value, cancellationToken);
            output.WriteLine($"{secret.Name}: changed. What uses it is recreated.");
            await up(cancellationToken);
            await EndAsync(owners, value, cancellationToken);
            // Not before: the note shows an interruption until here, and lets the next rotation finish it.
            notes.Forget(secret);
        }
        catch (Exception fault) when (fault is UserErrorException or OperationCanceledException)
        {
            await RollBackAsync(secret, old, owners, fault);
        }
    }

    private SecretValue Taken(Secret secret, SecretValue value) => value.Taken(stack.Topology.FormsOf(secret));

    private async Task RollBackAsync(
        Secret secret,
        SecretValue old,
        ImmutableArray<(PasswordChange Change, ContainerState Container)> owners,
        Exception fault
    )
    {
        var reason = fault is OperationCanceledException ? "It was interrupted." : fault.Message;
        SecretValue kept;
        try
        {
            // What is kept first: what converges by itself converges to that.
            kept = await TakeBackAsync(secret, old);
            foreach (var (change, container) in await AsTheyAreAsync(owners, CancellationToken.None))
                await ChangeAsync(change, change.First(asSecond: false), container.Id, Taken(secret, kept), CancellationToken.None);
            await up(CancellationToken.None);
            await EndAsync(owners, Taken(secret, kept), CancellationToken.None);
        }
        catch (UserErrorException second)
        {
            throw UserErrorException.Failed(
                reason,
                $"{secret.Name}: Not everything could be rolled back: {second.Message}",
                $"Fix that, then run './infra.sh rotate {stack.Name} {secret.Name}': it continues with the value that it has noted."
            );
        }

        notes.Forget(secret);
        throw UserErrorException.Failed(
            reason,
            kept.Equals(old)
                ? $"{secret.Name}: It was not rotated. The old value stays in use, and everything that uses it is healthy."
                : $"{secret.Name}: The old value could not be put back into {store.Where(secret)}. "
                    + "The new one is in use, and everything that uses it is healthy."
        );
    }

    // The value that is kept then: the new one, where it was written and the old one cannot be.
    private async Task<SecretValue> TakeBackAsync(Secret secret, SecretValue old)
    {
        try
        {
            await store.SetAsync(secret, old, CancellationToken.None);
            return old;
        }
        catch (UserErrorException)
        {
            return await store.ReadAsync(secret, CancellationToken.None);
        }
    }

    private async Task<ImmutableArray<(PasswordChange, ContainerState)>> OwnersAsync(Secret secret, CancellationToken cancellationToken)
    {
        var existing = await docker.ContainersAsync(stack.Naming, cancellationToken);
        var owners = stack.Topology.Services.Where(service => service.PasswordChange?.Secret == secret).ToArray();
        var away = owners.Where(owner => !existing.Any(container => container.Service == owner.Name && container.IsWell)).ToArray();
        if (away.Length > 0)
            throw UserErrorException.BadInput(
                away.Select(owner =>
                    $"{owner.Name}: It is not healthy, so its new password cannot be set. Bring it up with './infra.sh up {stack.Name}'."
                )
            );
        return [.. owners.Select(owner => (owner.PasswordChange!, existing.First(container => container.Service == owner.Name && container.IsWell)))];
    }

    // Every service uses the value as a second user; now the service's own user gets it, which none uses at this point.
    private async Task ChangeInTwoStepsAsync(
        ImmutableArray<(PasswordChange Change, ContainerState Container)> owners,
        SecretValue value,
        CancellationToken cancellationToken
    )
    {
        foreach (var (change, container) in await AsTheyAreAsync(owners, cancellationToken))
            if (change.IsInTwoSteps) await ChangeAsync(change, change.Command, container.Id, value, cancellationToken);
    }

    // Every service has the value: from now on it is the only one, also where a second one was accepted.
    private async Task EndAsync(
        ImmutableArray<(PasswordChange Change, ContainerState Container)> owners,
        SecretValue value,
        CancellationToken cancellationToken
    )
    {
        foreach (var (change, container) in await AsTheyAreAsync(owners, cancellationToken))
            if (!change.Last.IsEmpty) await ChangeAsync(change, change.Last, container.Id, value, cancellationToken);
    }

    // They may have been recreated meanwhile.
    private async Task<IEnumerable<(PasswordChange Change, ContainerState Container)>> AsTheyAreAsync(
        ImmutableArray<(PasswordChange Change, ContainerState Container)> owners, CancellationToken cancellationToken)
    {
        var running = await docker.ContainersAsync(stack.Naming, cancellationToken);
        return owners.Select(owner => (owner.Change, running.FirstOrDefault(other => other.Service == owner.Container.Service) ?? owner.Container));
    }

    private Task ChangeAsync(
        PasswordChange change,
        ImmutableArray<string> command,
        string container,
        SecretValue value,
        CancellationToken cancellationToken
    ) => RunningPasswordChange.ChangeAsync(shell, change, command, container, value, cancellationToken);
}
