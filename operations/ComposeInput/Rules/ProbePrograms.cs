using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.ComposeInput.Recognition;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>A probe that runs what its image lacks never succeeds, and what waits for it never starts.</summary>
internal static partial class ProbePrograms
{
    public static ComposeRule Rule { get; } = new("PROBE-PROGRAM", Severity.Error, "Every probe runs a program that its image has", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Topology.Services
        where service.Health is { IsOfImage: false }
        let keys = reviewed.Keys(service.Name)
        let file = reviewed.Recognizer.DockerfileOf(keys)
        let missing = file.IsRead ? ImagePrograms.MissingIn(file) : keys.Text("image") is { } image ? ImagePrograms.MissingIn(image) : []
        let program = Missing(service.Health!, missing)
        where program is not null
        select Rule.Error(
            service.Name,
            "healthcheck",
            $"its probe runs '{program}', which is not in its image ({From(file, keys.Text("image"))}): it never gets healthy.",
            Instead(file.Base ?? keys.Text("image")!, program, missing)
        );

    private static string? From(DockerfileFacts file, string? image) => file.IsRead ? $"{file.Base}, and its Dockerfile installs none" : image;

    // Where one of the two is enough, one is there.
    private static string? Missing(HealthCheck health, ImmutableArray<string> missing)
    {
        var text = string.Join(' ', health.Test);
        var asked = Called().Matches(text).Select(match => match.Groups[1].Value).Distinct().ToArray();
        return asked.Length > 0 && asked.All(program => missing.Contains(program)) ? asked[0] : null;
    }

    private static string Instead(string image, string program, ImmutableArray<string> missing) =>
        !missing.Contains("wget") ? "Ask with 'wget -q --spider URL', which is."
        : KnownImage.Bare(image) is "python" or "ghcr.io/astral-sh/uv"
            ? "Ask with Python ('python -c \"import urllib.request as r; r.urlopen('URL', timeout=3)\"'), or install it in the Dockerfile."
        : $"Probe with a program of its own, or install '{program}' in a Dockerfile.";

    [GeneratedRegex(@"(?:^|[\s;&|(""'/])(curl|wget)(?=\s)")]
    private static partial Regex Called();
}
