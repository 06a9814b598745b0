using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Releases;

/// <summary>
/// Where a stack's releases are kept: on its engine, so that every checkout knows them. A tag of its own keeps each image; what no
/// image tells stands in a label of one more, which is empty and is replaced in one step.
/// </summary>
public sealed class ReleaseStore(IShell shell, Naming naming)
{
    // The end of an archive without a file.
    private const int EmptyArchive = 1024;
    private const int ShortId = 12;
    private readonly Docker docker = new(shell);
    private ReleaseHistory? known;

    private string Note => naming.Physical("releases") + ":notes";

    /// <summary>The tag that keeps an image of a release: by its number, and by its id, which says that it never moves.</summary>
    public string TagOf(string name, int release, string id)
    {
        var digits = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return FormattableString.Invariant($"{naming.Physical(name)}:release-{release}-{digits[..Math.Min(ShortId, digits.Length)]}");
    }

    /// <summary>The releases that are kept; asked for once.</summary>
    /// <exception cref="UserErrorException">The engine gives no answer, or it is not understood.</exception>
    public async Task<ReleaseHistory> ReadAsync(CancellationToken cancellationToken) => known ??= await AskAsync(cancellationToken);

    /// <summary>Keeps these releases, and no others.</summary>
    /// <exception cref="UserErrorException">The engine refuses; what was known before is known still.</exception>
    public async Task WriteAsync(ReleaseHistory history, CancellationToken cancellationToken)
    {
        foreach (var image in history.Newest?.Images.Values ?? [])
            Require(await docker.RunAsync(["tag", image.Id, image.Tag], cancellationToken));
        var before = await docker.RunAsync(["image", "inspect", "--format", "{{.Id}}", Note], cancellationToken);
        using var archive = new MemoryStream(new byte[EmptyArchive]);
        var text = new JsonArray([.. history.Releases.Select(release => (JsonNode)release.ToJson())]).ToJsonString();
        Require(
            await shell.StreamAsync(
                Docker.Program,
                [
                    "import",
                    "--change",
                    $"LABEL {Labels.Stack}={Quoted(naming.Name)}",
                    "--change",
                    $"LABEL {Labels.Releases}={Quoted(text)}",
                    "-",
                    Note,
                ],
                archive,
                null,
                cancellationToken
            )
        );
        known = history;
        // What follows only tidies up: the next release does it again.
        if (before.Succeeded) await docker.RunAsync(["image", "rm", before.Output.Trim()], cancellationToken);
        await RemoveOthersAsync(history, cancellationToken);
    }

    /// <summary>Forgets all of them; their images go where nothing else has them.</summary>
    /// <returns>How many were known.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var history = await ReadAsync(cancellationToken);
        if (history.Releases.IsEmpty) return 0;
        await docker.RunAsync(["image", "rm", .. Tags(history), Note], cancellationToken);
        return history.Releases.Length;
    }

    private async Task<ReleaseHistory> AskAsync(CancellationToken cancellationToken)
    {
        var asked = await docker.RunAsync(
            ["image", "inspect", "--format", $"{{{{index .Config.Labels \"{Labels.Releases}\"}}}}", Note],
            cancellationToken
        );
        if (!asked.Succeeded)
            return asked.Error.Contains("No such image", StringComparison.OrdinalIgnoreCase)
                ? ReleaseHistory.Empty
                : throw UserErrorException.Failed($"{Note}: The engine does not say which releases there are: {asked.Reason}");
        try
        {
            return new ReleaseHistory([.. JsonNode.Parse(asked.Output)!.AsArray().Select(Release.From)]);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw UserErrorException.Failed(
                $"{Note}: Its label {Labels.Releases} was written by another version. "
                    + $"Use that one, or have the releases forgotten: docker image rm {Note}"
            );
        }
    }

    // One that a container still has stays until a later release.
    private async Task RemoveOthersAsync(ReleaseHistory history, CancellationToken cancellationToken)
    {
        var names = history.Releases.SelectMany(release => release.Images.Keys).Distinct();
        var filters = names.SelectMany(name => new[] { "--filter", $"reference={naming.Physical(name)}:release-*" });
        var there = await docker.RunAsync(["image", "ls", .. filters, "--format", "{{.Repository}}:{{.Tag}}"], cancellationToken);
        var others = Docker.Lines(there).Except(Tags(history), StringComparer.Ordinal).ToArray();
        if (others.Length > 0) await docker.RunAsync(["image", "rm", .. others], cancellationToken);
    }

    private static ImmutableArray<string> Tags(ReleaseHistory history)
        => [.. history.Releases.SelectMany(release => release.Images.Values).Select(image => image.Tag).Distinct()];

    // As an instruction of a Dockerfile has it.
    private static string Quoted(string text)
        => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("$", "\\$", StringComparison.Ordinal)}\"";

    private void Require(ShellResult result)
    {
        if (!result.Succeeded) throw UserErrorException.Failed($"{naming.Name}: The release was not recorded: {result.Reason}");
    }
}
