using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Recognition;

/// <summary>Which images are applications in Python: what runs on one is its web server, a worker, a step, or another process of it.</summary>
internal sealed partial class Applications
{
    private readonly ImmutableDictionary<string, ImmutableArray<ComposeService>> byImage;
    private readonly ImmutableHashSet<string> images;

    /// <param name="services">All services.</param>
    /// <param name="kind">The kind that a service's command tells, if it tells one.</param>
    /// <param name="dockerfile">What a service's Dockerfile says.</param>
    public Applications(IEnumerable<ComposeService> services, Func<ComposeService, string?> kind, Func<ComposeService, DockerfileFacts> dockerfile)
    {
        var unknown = services.Where(service => Known(service) is null).ToArray();
        byImage = unknown.GroupBy(KeyOf).ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        var told = byImage
            .Where(group => group.Value.Any(service => kind(service) is not null || IsPython(dockerfile(service)))
                || IsSharedByWords(group.Value, dockerfile))
            .Select(group => group.Key).ToImmutableHashSet(StringComparer.Ordinal);
        images = told.IsEmpty ? [.. unknown.Where(UsesStores(services)).Select(KeyOf)] : told;
    }

    /// <summary>Whether it runs on such an image.</summary>
    public bool Has(ComposeService service) => images.Contains(KeyOf(service)) && Known(service) is null;

    /// <summary>How many services run on its image.</summary>
    public int Sharing(ComposeService service) => byImage.TryGetValue(KeyOf(service), out var group) ? group.Length : 1;

    private static KnownImage? Known(ComposeService service) =>
        service.At("build") is null && service.Text("image") is { } image ? KnownImage.Find(image) : null;

    // One image, whichever of the services builds it.
    private static string KeyOf(ComposeService service) =>
        service.Text("image") is { } image ? PinnedImage.Parse(image).Repository
        : service.Text("build.context") is { } context ? $"{context}/{service.Text("build.dockerfile")}"
        : service.Name;

    // Without files of the project it is somebody else's program.
    private static bool IsPython(DockerfileFacts file) =>
        file.Copies && ((file.Base is { } from && PythonImage().IsMatch(from)) || Installer().IsMatch(file.Runs));

    // A published one that is started with a word of its own each time: nothing else comes so.
    private static bool IsSharedByWords(ImmutableArray<ComposeService> services, Func<ComposeService, DockerfileFacts> dockerfile) =>
        services.Length > 1 && !services.Any(service => dockerfile(service).IsRead)
        && services.Select(service => string.Join(' ', service.Words("entrypoint").Concat(service.Words("command")))).Distinct().Count() > 1;

    // Where nothing else is known, what keeps its data in the stores of the file and is published is the application.
    private static Func<ComposeService, bool> UsesStores(IEnumerable<ComposeService> services)
    {
        var stores = services.Where(service => Known(service)?.Role is ServiceRole.Database or ServiceRole.Cache or ServiceRole.Broker)
            .Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        return service => service.Items("ports").Any() && Recognizer.Dependencies(service).Any(wait => stores.Contains(wait.Service));
    }

    [GeneratedRegex(@"(^|/)(python|uv|uvicorn-gunicorn[\w-]*|pytorch|tensorflow|miniconda3|mambaforge|micromamba)(:|@|$)|python\d|-python")]
    private static partial Regex PythonImage();

    [GeneratedRegex(@"\b(pip3?|uv|poetry|pipenv|pdm)\s+(install|sync)\b|\bconda\s+install\b|\bpython3?-(pip|venv)\b")]
    private static partial Regex Installer();
}
