using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.PulumiEngine;

/// <summary>
/// Asks the stores that Pulumi runs whether they take their passwords of today: after a rotation they do, and go on as they are; one that was
/// changed in the configuration alone reaches its store by a replacement, at whose start it is read.
/// </summary>
/// <param name="shell">Runs Docker's client.</param>
public sealed class KnownPasswords(IShell shell)
{
    private const int Refused = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Docker docker = new(shell);

    /// <summary>What is noted on the containers of the stores that take theirs, by the names of their services.</summary>
    /// <param name="topology">What is to run.</param>
    /// <param name="fill">A secret's value; nothing where it has none yet.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ImmutableDictionary<string, string>> VersionsAsync(
        Topology topology, Func<Secret, SecretValue?> fill, CancellationToken cancellationToken = default)
    {
        var stores = topology.Services.Where(service => service.PasswordChange is { Check.IsEmpty: false }).ToArray();
        if (stores.Length == 0 || shell.Find(Docker.Program) is null) return ImmutableDictionary<string, string>.Empty;
        try
        {
            var running = (await docker.ContainersAsync(topology.Naming, cancellationToken))
                .Where(container => container is { IsRunning: true, PasswordVersion: not null }).ToArray();
            var asked = await Task.WhenAll(from store in stores
                                           from container in running
                                           where container.Service == store.Name
                                           let secret = store.PasswordChange!.Secret
                                           let value = fill(secret)?.Taken(topology.FormsOf(secret))
                                           where value is not null
                                           select AskAsync(store.PasswordChange!, container, value, cancellationToken));
            return asked.OfType<ContainerState>().ToImmutableDictionary(container => container.Service, container => container.PasswordVersion!);
        }
        // A preview may run where the engine is not reachable; where it is, the checks before have reported it.
        catch (UserErrorException)
        {
            return ImmutableDictionary<string, string>.Empty;
        }
    }

    // A store that cannot be asked is not replaced for that.
    private async Task<ContainerState?> AskAsync(
        PasswordChange change, ContainerState container, SecretValue value, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var input = new MemoryStream(value.Bytes.ToArray());
        try
        {
            var answer = await shell.StreamAsync(Docker.Program, ["exec", "--interactive", container.Id, .. change.Check], input, null, limit.Token);
            return answer.ExitCode == Refused ? null : container;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return container;
        }
    }
}
