using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Targets;

namespace Infra.Operations.Adoption;

/// <summary>
/// Looks into the volumes of stores that are taken over, which nobody has labelled: whether the store finds its data there, and may
/// start on them. It needs the services' images on the engine.
/// </summary>
public sealed class AdoptedData(Docker docker, Topology topology)
{
    private Naming Naming => topology.Naming;

    /// <summary>Looks into each, now and before each later start on it: another image may be set.</summary>
    /// <returns>What is good to know of those that no container of the stack has yet.</returns>
    /// <exception cref="UserErrorException">Some store would not start on its data, or start without them; all of them are named.</exception>
    public async Task<ImmutableArray<string>> RequireFitAsync(CancellationToken cancellationToken)
    {
        var (faults, notes) = (new List<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var volume in AdoptedVolumes.Of(topology))
        {
            if (WrittenBy.Owner(topology, volume) is not { } owner || Check(owner) is not { } check) continue;
            var images = await AdoptedVolumes.ImagesOnAsync(docker, volume, cancellationToken);
            var (content, reason) = await VolumeContent.ReadAsync(docker, Naming, owner, volume.Existing!, images, cancellationToken);
            if (content is null) faults.Add(Unread(volume, owner, reason));
            else if (!content.Entries.IsEmpty)
                check(new AdoptedStore(Naming, owner, volume, content), faults.Add, images.IsEmpty ? notes.Add : _ => { });
        }

        return faults.Count == 0 ? notes.ToImmutable() : throw UserErrorException.BadInput(faults);
    }

    private static Action<AdoptedStore, Action<string>, Action<string>>? Check(ServiceSpec owner) => owner.Kind switch
    {
        Postgres.Kind => (store, refuse, _) => AdoptedPostgres.Check(store, refuse),
        RabbitMq.Kind => AdoptedRabbitMq.Check,
        Redis.Kind => (store, refuse, _) => store.RequireOwner(refuse),
        _ => null,
    };

    private string Unread(Volume volume, ServiceSpec owner, string reason) =>
        $"{volume.Existing}: It is looked into before '{owner.Name}' starts on it, and cannot be: {reason} "
        + (owner.Image is PinnedImage pinned
            ? $"Run 'docker pull {pinned.Reference}' first."
            : $"Run './infra.sh build {Naming.Stack}' first.");
}
