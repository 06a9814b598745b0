using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Up;

namespace Infra.Operations.Rotation;

/// <summary>Brings a stack up through Compose while one of its secrets is being rotated.</summary>
public sealed class ComposeRotation : IRotationUps
{
    private readonly Session session;
    private readonly StackContext stack;
    private readonly StackContext? second;
    private readonly Secret secret;
    private readonly ImmutableHashSet<string> changed;

    private ComposeRotation(Session session, StackContext stack, StackContext? second, Secret secret, ImmutableHashSet<string> changed)
        => (this.session, this.stack, this.second, this.secret, this.changed) = (session, stack, second, secret, changed);

    /// <inheritdoc/>
    public Func<SecretValue, CancellationToken, Task>? AsSecond => second is null
        ? null
        : (value, cancellationToken)
            => UpAsync(second, ImmutableDictionary<string, SecretValue>.Empty.Add(secret.Name, value), cancellationToken);

    /// <summary>Looks how it can be brought up.</summary>
    public static async Task<IRotationUps> MakeAsync(
        Session session, StackContext stack, Secret secret, ImmutableArray<ContainerState> running, CancellationToken cancellationToken)
    {
        var second = await SecondUsers.StackAsync(session, stack, secret, always: false);
        // A service whose password is changed while it runs is not recreated, unless something else has changed for it as well.
        var changed = stack.Topology.Services.Where(service => service.PasswordChange?.Secret == secret)
            .Select(service => service.Name).ToImmutableHashSet();
        if (!changed.IsEmpty)
        {
            using var view = UpView.Make(session.Out);
            var up = new UpCommand(session.Workspace, session.Shell, view, session.Error.WriteLine);
            changed = changed.Intersect(await up.UpToDateAsync(stack, running, cancellationToken));
        }

        return new ComposeRotation(session, stack, second, secret, changed);
    }

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => UpAsync(stack, ImmutableDictionary<string, SecretValue>.Empty, cancellationToken);

    private async Task UpAsync(StackContext wanted, ImmutableDictionary<string, SecretValue> given, CancellationToken cancellationToken)
    {
        using var view = UpView.Make(session.Out);
        var up = new UpCommand(session.Workspace, session.Shell, view, session.Error.WriteLine) { Report = changed, Given = given };
        await up.RunAsync(wanted, cancellationToken);
    }
}
