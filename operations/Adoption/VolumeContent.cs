using System.Collections.Immutable;
using System.Globalization;
using Infra.Model;
using Infra.Operations.Engine;

namespace Infra.Operations.Adoption;

/// <summary>A file or folder in a volume.</summary>
/// <param name="Owner">The number of the user whom it belongs to.</param>
/// <param name="Path">Where it is, from the volume's root.</param>
/// <param name="Text">What it says, where it is a <c>PG_VERSION</c>; empty for all else.</param>
public sealed record VolumeEntry(int Owner, string Path, string Text);

/// <summary>What a volume has at its root, and where stores have their data below that.</summary>
/// <param name="User">The number of the service's user in its image; nothing where that is not on the engine yet.</param>
/// <param name="Entries">What there is, but for the file system's own.</param>
public sealed record VolumeContent(int? User, ImmutableArray<VolumeEntry> Entries)
{
    private const string Listing = """
        cd /volume && echo "$(id -u "$1")" || exit
        for path in * .[!.]* */PG_VERSION */docker/PG_VERSION mnesia/*; do
            [ -e "$path" ] || continue
            case $path in *PG_VERSION) text=$(cat "$path") ;; *) text= ;; esac
            printf '%s\t%s\t%s\n' "$(stat -c %u "$path")" "$path" "$text"
        done
        """;

    /// <summary>Looks into it by a container of the service's image, or another one, which has no network and cannot write.</summary>
    /// <param name="docker">The engine.</param>
    /// <param name="naming">The stack's names.</param>
    /// <param name="service">The service.</param>
    /// <param name="volume">What the engine calls the volume.</param>
    /// <param name="images">The other images, whose users are not the service's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What there is, or why that cannot be told.</returns>
    public static async Task<(VolumeContent? Content, string Reason)> ReadAsync(
        Docker docker, Naming naming, ServiceSpec service, string volume, IEnumerable<string> images, CancellationToken cancellationToken)
    {
        var own = naming.Reference(service.Image);
        var reason = "";
        foreach (var image in images.Prepend(own).Distinct())
        {
            var read = await docker.RunAsync(Arguments(naming, service, volume, image), cancellationToken);
            if (read.Succeeded) return (Parse(Docker.Lines(read), isOwn: image == own), "");
            if (image == own) reason = read.Reason;
        }

        return (null, reason);
    }

    private static IEnumerable<string> Arguments(Naming naming, ServiceSpec service, string volume, string image) =>
    [
        "run", "--rm", "--pull", "never", "--network", "none", "--read-only", "--user", "0:0",
        "--cap-drop", "ALL", "--cap-add", "DAC_OVERRIDE", "--label", $"{Labels.Stack}={naming.Name}",
        "--volume", $"{volume}:/volume:ro,nocopy", "--entrypoint", "sh", image, "-c", Listing, "sh", service.User ?? "root",
    ];

    private static VolumeContent Parse(string[] lines, bool isOwn)
        => new(isOwn && int.TryParse(lines.FirstOrDefault(), out var user) ? user : null, [.. lines.Skip(1).Select(Entry).OfType<VolumeEntry>()]);

    /// <summary>What lies at the root.</summary>
    public IEnumerable<VolumeEntry> Roots => Entries.Where(entry => !entry.Path.Contains('/', StringComparison.Ordinal));

    // A name may have a line break in it.
    private static VolumeEntry? Entry(string line) =>
        line.Split('\t') is [var owner, var path, .. var text] && path != "lost+found" && owner.All(char.IsAsciiDigit)
            ? new VolumeEntry(int.Parse(owner, CultureInfo.InvariantCulture), path, text.FirstOrDefault("").Trim())
            : null;
}
