using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;
using Infra.Operations.Running;
using Infra.Operations.Up;

namespace Infra.Operations.Rotation;

/// <summary>Brings a stack up while one of its secrets is being rotated, with the engine that runs it.</summary>
public sealed class RotationUps
{
    /// <summary>The variable of the environment that tells Pulumi's program for which secret's second users it is.</summary>
    public const string Variable = "INFRA_ROTATING";

    private readonly Session session;
    private readonly StackContext stack;
    private readonly StackContext? second;
    private readonly Secret secret;
    private readonly ISecretStore store;
    private readonly ImmutableHashSet<string>? told;

    private RotationUps(Session session, StackContext stack, StackContext? second, Secret secret, ISecretStore store, ImmutableHashSet<string>? told)
        => (this.session, this.stack, this.second, this.secret, this.store, this.told) = (session, stack, second, secret, store, told);

    private bool IsPulumi => told is null;

    /// <summary>Brings it up for the second users; unset where there are none, or what uses the secret cannot log in as them.</summary>
    public Func<SecretValue, CancellationToken, Task>? AsSecond => second is null ? null : IsPulumi ? PulumiAsSecondAsync : ComposeAsSecondAsync;

    /// <summary>Looks how it can be brought up.</summary>
    public static async Task<RotationUps> MakeAsync(
        Session session, StackContext stack, Secret secret, string engine, ISecretStore store, ImmutableArray<ContainerState> running,
        CancellationToken cancellationToken)
    {
        var second = await SecondAsync(session, stack, secret, engine);
        if (engine == EngineChoice.Pulumi) return new RotationUps(session, stack, second, secret, store, told: null);
        // What is told its new password as it runs goes on with it, unless something else has changed for it as well.
        var told = stack.Topology.Services.Where(service => service.PasswordChange?.Secret == secret)
            .Select(service => service.Name).ToImmutableHashSet();
        if (!told.IsEmpty)
        {
            using var view = UpView.Make(session.Out);
            var up = new UpCommand(session.Workspace, session.Shell, view, session.Error.WriteLine);
            told = told.Intersect(await up.UpToDateAsync(stack, running, cancellationToken));
        }

        return new RotationUps(session, stack, second, secret, store, told);
    }

    /// <summary>Brings it up with the secrets as they are kept.</summary>
    /// <exception cref="UserErrorException">It is not well.</exception>
    public Task RunAsync(CancellationToken cancellationToken)
        => IsPulumi ? PulumiAsync(cancellationToken) : ComposeAsync(stack, ImmutableDictionary<string, SecretValue>.Empty, cancellationToken);

    // The stack for the second users, where all that use the secret can be them.
    private static async Task<StackContext?> SecondAsync(Session session, StackContext stack, Secret secret, string engine)
    {
        // Pulumi replaces in place what only its secrets have changed of, and what logs in as another user by a new one beside the old one.
        var owner = stack.Topology.Services.FirstOrDefault(service => service.PasswordChange is { SecondUsers.IsEmpty: false } change
            && change.Secret == secret && (change.IsInTwoSteps || engine == EngineChoice.Pulumi));
        if (owner?.PasswordChange is not { } known) return null;
        var second = await StackLoader.GatherAsync(session.Workspace, stack.Name, stack.Settings.Rotating(secret.Name), stack.Source, stack.Images);
        var left = second.Topology.Services.Where(service => service.PasswordChange?.Secret != secret && !known.IsFollowedBy(service)).ToArray();
        if (left.Length == 0 || !known.IsInTwoSteps) return second;
        var names = string.Join(", ", left.Select(service => service.Name));
        session.Error.WriteLine($"{secret.Name}: {names} would not log in as another user for a while, so new connections with the old value are "
            + "refused until what has it is recreated. Without that: let it take the user from the URL that it is given.");
        return null;
    }

    private async Task ComposeAsync(StackContext wanted, ImmutableDictionary<string, SecretValue> given, CancellationToken cancellationToken)
    {
        using var view = UpView.Make(session.Out);
        await new UpCommand(session.Workspace, session.Shell, view, session.Error.WriteLine) { Report = told!, Given = given }.RunAsync(
            wanted,
            cancellationToken
        );
    }

    private Task ComposeAsSecondAsync(SecretValue value, CancellationToken cancellationToken)
        => ComposeAsync(second!, ImmutableDictionary<string, SecretValue>.Empty.Add(secret.Name, value), cancellationToken);

    private async Task PulumiAsync(CancellationToken cancellationToken)
    {
        if (await PulumiCli.UpAsync(session, stack, cancellationToken) != 0)
            throw UserErrorException.Failed("pulumi: The update failed; it says above why.");
    }

    // Its program takes the value from where it is kept.
    private async Task PulumiAsSecondAsync(SecretValue value, CancellationToken cancellationToken)
    {
        await store.SetAsync(secret, value, cancellationToken);
        Environment.SetEnvironmentVariable(Variable, secret.Name);
        try
        {
            await PulumiAsync(cancellationToken);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }
}
