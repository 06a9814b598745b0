using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Stacks.Configuration;

namespace Infra.Operations.Adoption;

/// <summary>Refuses to take over volumes that are not on the engine, or that containers of somebody else use: two would write to them.</summary>
public sealed class AdoptedVolumes(Docker docker, Topology topology)
{
    private const string Format =
        "{{.Names}}\t{{.Label \"" + Labels.Stack + "\"}}\t{{.Label \"com.docker.compose.project\"}}\t{{.Label \"com.docker.compose.oneoff\"}}";

    /// <summary>The volumes of a topology that are taken over.</summary>
    public static IEnumerable<Volume> Of(Topology topology) => topology.Volumes.Where(volume => volume.Existing is not null);

    /// <summary>The images of the containers that have it already, so that it was looked into; none where it is not taken over yet.</summary>
    internal static async Task<ImmutableArray<string>> ImagesOnAsync(Docker docker, Volume volume, CancellationToken cancellationToken)
    {
        var users = await docker.RunAsync(
            ["ps", "--all", "--filter", $"volume={volume.Existing}", "--filter", $"label={Labels.Service}", "--format", "{{.Image}}"],
            cancellationToken
        );
        return [.. Docker.Lines(users).Distinct()];
    }

    /// <exception cref="UserErrorException">Some volume is missing or used; the message names all of them, and what to run first.</exception>
    public async Task RequireFreeAsync(CancellationToken cancellationToken)
    {
        var adopted = Of(topology).ToImmutableArray();
        if (adopted.IsEmpty) return;
        var existing = await docker.VolumesAsync(cancellationToken);
        var missing = adopted.Where(volume => !existing.Contains(volume.Existing!, StringComparer.Ordinal)).ToImmutableArray();
        var users = new List<(string Volume, User User)>();
        foreach (var volume in adopted.Except(missing))
            users.AddRange((await UsersAsync(volume.Existing!, cancellationToken)).Select(user => (volume.Existing!, user)));
        string[] faults =
        [
            .. missing.Select(volume => Missing(volume, existing)),
            .. users.GroupBy(use => use.User.Remedy).Select(group =>
                Used([.. group.Select(use => use.Volume).Distinct()], [.. group.Select(use => use.User).Distinct()])),
        ];
        if (faults.Length > 0) throw UserErrorException.BadInput(faults);
    }

    private static string Missing(Volume volume, ImmutableArray<string> existing) =>
        $"infra:volumes.{volume.Name}: There is no volume '{volume.Existing}' on the engine.{Nearest.Hint(volume.Existing!, existing)} "
        + "'docker volume ls' shows those that there are. Without the line, the stack makes one of its own.";

    private static string Used(ImmutableArray<string> volumes, ImmutableArray<User> users)
    {
        var (names, owner, remedy) = (users.Select(user => user.Name).ToArray(), users[0].Owner, users[0].Remedy);
        var containers = names.Length == 1 ? $"the container {names[0]}" : $"the containers {string.Join(", ", names)}";
        return $"{string.Join(", ", volumes)}: {(volumes.Length == 1 ? "It is" : "They are")} used by {containers}{owner}. {remedy}";
    }

    private async Task<IEnumerable<User>> UsersAsync(string volume, CancellationToken cancellationToken)
    {
        var listed = await docker.RunAsync(["ps", "--all", "--filter", $"volume={volume}", "--format", Format], cancellationToken);
        // No answer is not the answer that nobody uses it.
        if (!listed.Succeeded) throw UserErrorException.Failed($"{volume}: The engine does not say who uses it: {listed.Reason}");
        // A label that is not there is an empty text, at the end of a line, too.
        return listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => $"{line}\t\t\t".Split('\t')).Where(parts => parts[1] != topology.Naming.Name)
            .Select(parts => UserOf(parts[0], parts[1], parts[2], parts[3]));
    }

    private static User UserOf(string name, string stack, string project, string oneOff) =>
        stack.Length > 0
            ? new User(
                name,
                $" of the stack {stack}",
                "Take that down first, with './infra.sh down' where it was brought up, and without '--volumes'."
            )
        // Compose leaves a container of 'docker compose run' alone.
        : project.Length > 0 && oneOff != "True"
            ? new User(
                name,
                $" of the Compose project '{project}'",
                $"Run 'docker compose -p {project} down' first, without '--volumes': the data stay."
            )
        : new User(name, "", $"Run 'docker rm --force {name}' first: the volume, and so the data, stay.");

    private sealed record User(string Name, string Owner, string Remedy);
}
