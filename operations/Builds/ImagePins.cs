using System.Text.RegularExpressions;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Builds;

/// <summary>Pins the third-party images to digests. A digest comes from a registry or not at all.</summary>
public sealed partial class ImagePins(Workspace workspace, IShell shell, TextWriter output)
{
    private const string FileName = "components/Parts/Images.cs";

    /// <exception cref="UserErrorException">Some registry does not answer for its image; nothing is written then.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var path = workspace.Absolute(FileName);
        if (!File.Exists(path)) throw UserErrorException.BadInput($"{FileName}: The file is not there. Run the command in the project's own folder.");
        EngineInfo.RequireClient(shell);
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        var images = Pinned().Matches(text);
        var answers = await Task.WhenAll(images.Select(image => DigestAsync(Reference(image), cancellationToken)));
        var failures = answers.Where(answer => answer.Digest is null).GroupBy(Cause).Select(Failure).ToArray();
        if (failures.Length > 0) throw UserErrorException.Failed(failures);
        var digests = answers.ToDictionary(answer => answer.Reference, answer => answer.Digest!, StringComparer.Ordinal);
        await File.WriteAllTextAsync(path, Pinned().Replace(text, image => Written(image, digests[Reference(image)])), cancellationToken);
        foreach (var answer in answers) output.WriteLine($"{answer.Reference}@{answer.Digest}");
        return 0;
    }

    private async Task<(string Reference, string? Digest, string Reason)> DigestAsync(string reference, CancellationToken cancellationToken)
    {
        var answer = await shell.RunAsync(
            Docker.Program,
            ["buildx", "imagetools", "inspect", reference, "--format", "{{.Manifest.Digest}}"],
            cancellationToken
        );
        var digest = answer.Output.Trim();
        return answer.Succeeded && Digest().IsMatch(digest) ? (reference, digest, "") : (reference, null, answer.Reason);
    }

    // Of a request that fails, the address and the client's own port differ from image to image, and the cause does not.
    private static string Cause((string Reference, string? Digest, string Reason) answer) =>
        ClientPort().Replace(Address().Replace(answer.Reason, "$1/…"), "");

    private static string Failure(IGrouping<string, (string Reference, string? Digest, string Reason)> alike)
    {
        var (what, reason) = alike.ToArray() is [var only] ? ($"image {only.Reference}: Its", only.Reason)
            : ($"images {string.Join(", ", alike.Select(answer => answer.Reference))}: Their", alike.Key);
        return $"{what} registry gives no digest: {reason} Nothing was written; try again where it can be reached.";
    }

    private static string Reference(Match image) => $"{image.Groups["repository"].Value}:{image.Groups["tag"].Value}";

    private static string Written(Match image, string digest)
        => $"new(\"{image.Groups["repository"].Value}\", \"{image.Groups["tag"].Value}\", \"{digest}\")";

    [GeneratedRegex("""new\("(?<repository>[^"]+)", "(?<tag>[^"]+)"(?:, "[^"]*")?\)""")]
    private static partial Regex Pinned();

    [GeneratedRegex("""(https?://[^/"]+)/[^" ]*""")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<=[0-9\]]):[0-9]+(?=->)")]
    private static partial Regex ClientPort();

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}
