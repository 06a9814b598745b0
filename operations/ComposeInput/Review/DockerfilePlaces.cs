using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.Findings;
using Infra.Operations.Loading;
using Infra.Operations.Project;

namespace Infra.Operations.ComposeInput.Review;

/// <summary>What the Dockerfiles of the application's images are held to, in somebody's Compose files as in stacks.</summary>
internal static partial class DockerfilePlaces
{
    private const string Ignoring = "Write one beside the Dockerfile, with '.git', '.env' and whatever the image does without.";

    /// <summary>The findings, with the lines of the Dockerfiles.</summary>
    public static IEnumerable<PlacedFinding> Find(ReviewedApplication reviewed)
    {
        var workspace = new Workspace(reviewed.Application.Source.Folder);
        return
            from finding in DockerfileFindings.Find(workspace, reviewed.AsWritten, IsCommanded, Ignoring)
            let place = Place(workspace, reviewed, finding.Where)
            select new PlacedFinding(finding with { Where = place.Subject }, [place]);
    }

    private static bool IsCommanded(ServiceSpec service) => service.Command.Length > 0 && service.Entrypoint.IsEmpty;

    private static FindingPlace Place(Workspace workspace, ReviewedApplication reviewed, string where)
    {
        if (FileAndLine().Match(where) is { Success: true } line)
            return new FindingPlace(
                Path.GetFileName(line.Groups["file"].Value),
                workspace.Absolute(line.Groups["file"].Value),
                int.Parse(line.Groups["line"].ValueSpan, CultureInfo.InvariantCulture),
                1
            );
        // A context without a list of what is left out.
        var dockerfile = reviewed.AsWritten.Builds.First(image => image.Context == where).DockerfilePath;
        return new FindingPlace(Path.GetFileName(dockerfile), workspace.Absolute(dockerfile), 1, 1);
    }

    [GeneratedRegex(@"^(?<file>.+):(?<line>\d+)$")]
    private static partial Regex FileAndLine();
}
