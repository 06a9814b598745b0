using Infra.Model;

namespace Infra;

/// <summary>Schedulers that a worker starts in a script, where no rule sees them.</summary>
internal static class HiddenBeats
{
    /// <summary>An error for each, where a beat of the same image runs besides.</summary>
    public static IEnumerable<Finding> Of(Workspace workspace, Topology topology)
    {
        foreach (var worker in topology.Services.Where(service => service.Role == ServiceRole.Worker))
            if (worker.Image is BuiltImage image && topology.Services.FirstOrDefault(service => service.Role == ServiceRole.Beat && service.Image == image) is { } beat && Script(workspace, image, worker) is { } script)
                yield return new Finding("ONE-BEAT", Severity.Error, $"{beat.Name}, {worker.Name}", $"'{script}', which '{worker.Name}' runs, schedules tasks too, so each is sent twice.",
                    "Take --beat out of the script, or set infra:beat.enabled to false.");
    }

    private static string? Script(Workspace workspace, BuiltImage image, ServiceSpec worker)
    {
        var words = worker.Entrypoint.Concat(worker.Command).SelectMany(word => word.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct();
        return words.Where(IsScript).Select(word => ApplicationScripts.Find(workspace, image, word)).FirstOrDefault(script => script is { } found && SchedulesToo(found.Text))?.Path;
    }

    private static bool IsScript(string word)
        => word.EndsWith(".sh", StringComparison.Ordinal) || (word.StartsWith('/') && !word.StartsWith(ServiceFile.SecretsDirectory, StringComparison.Ordinal));

    // celery -A taiga worker -B, on one line or on continued ones
    private static bool SchedulesToo(string text) => text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Any(words => words.Contains("worker") && (words.Contains("-B") || words.Contains("--beat")) && words.Any(word => word == "celery" || word.EndsWith("/celery", StringComparison.Ordinal)));
}
