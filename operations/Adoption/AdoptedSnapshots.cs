using Infra.Components;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Targets;

namespace Infra.Operations.Adoption;

/// <summary>
/// Lets Redis find what it has in a volume that is taken over: with its append-only file on it reads nothing else, and one without is
/// kept by a snapshot. A file in the old form, one that begins with a snapshot, is taken by every version.
/// </summary>
public sealed class AdoptedSnapshots(Docker docker, Topology topology)
{
    private const string Conversion = """
        cd /volume || exit
        [ -s dump.rdb ] && [ ! -e appendonlydir ] && [ ! -e appendonly.aof ] || exit 0
        cp dump.rdb .appendonly.aof && sync && mv .appendonly.aof appendonly.aof
        """;

    /// <summary>Writes such a file where there is a snapshot alone. Done again it does nothing.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var volume in AdoptedVolumes.Of(topology))
        {
            if (WrittenBy.Owner(topology, volume) is not { Kind: Redis.Kind } owner) continue;
            if (await AdoptedVolumes.ImagesOnAsync(docker, volume, cancellationToken) is not []) continue;
            var prepared = await docker.RunAsync(
                [
                    "run", "--rm", "--network", "none", "--pull", "never", "--read-only", "--user", owner.User ?? "root", "--cap-drop", "ALL",
                    "--label", $"{Labels.Stack}={topology.Naming.Name}",
                    "--volume", $"{volume.Existing}:/volume:nocopy", "--entrypoint", "sh", topology.Naming.Reference(owner.Image), "-c", Conversion,
                ],
                cancellationToken
            );
            if (!prepared.Succeeded)
                throw UserErrorException.Failed(
                    $"{volume.Existing}: Its snapshot cannot be made what '{owner.Name}' reads: {prepared.Reason} Nothing was started."
                );
        }
    }
}
