using Infra.Model;

namespace Infra.Operations.Loading;

/// <summary>Schedulers that a service starts in a script, where no rule sees them.</summary>
internal static class HiddenBeats
{
    private const int MostScripts = 20;

    /// <summary>An error for each, where something else of the same image schedules too.</summary>
    public static IEnumerable<Finding> Find(ReviewedStack stack)
    {
        var (workspace, topology) = (stack.Workspace, stack.Topology);
        var scripts = topology.Builds.ToDictionary(image => image.Name, image => new ApplicationScripts(workspace, image), StringComparer.Ordinal);
        var hidden = topology
            .Services.Where(service => service.Role != ServiceRole.Beat && service.Image is BuiltImage)
            .Select(service =>
                (
                    Service: service,
                    Script: Script(scripts[((BuiltImage)service.Image).Name], string.Join(' ', service.Entrypoint.Concat(service.Command)), [])
                )
            )
            .Where(each => each.Script is not null)
            .ToArray();
        foreach (var (service, script) in hidden)
            if (
                topology.Services.FirstOrDefault(other =>
                    other != service && IsSame(other.Image, service.Image) && (IsBeat(other) || hidden.Any(each => each.Service == other))
                ) is
                { } besides
            )
                yield return new Finding(
                    "ONE-BEAT",
                    Severity.Error,
                    $"{besides.Name}, {service.Name}",
                    $"'{script}', which '{service.Name}' runs, schedules tasks too, so each is sent twice.",
                    besides.Role == ServiceRole.Beat
                        ? $"Take --beat (-B) out of the script, or set infra:services.{besides.Name}.enabled to false."
                        : "Take --beat (-B) out of the script."
                );
    }

    private static bool IsBeat(ServiceSpec service) =>
        service.Role == ServiceRole.Beat || CeleryCommand.Schedules(service.Entrypoint.Concat(service.Command));

    private static bool IsSame(Image one, Image other) => one is BuiltImage built && other is BuiltImage another && built.Name == another.Name;

    private static string? Script(ApplicationScripts scripts, string text, HashSet<string> read)
    {
        foreach (var name in Names(text).Distinct())
        {
            if (read.Count == MostScripts || scripts.Find(name) is not { } script || !IsOfShell(script.Path, script.Text) || !read.Add(script.Path))
                continue;
            var lines = script.Text.Replace("\\\n", " ", StringComparison.Ordinal);
            if (CeleryCommand.Schedules(lines.Split('\n').Where(IsNoComment).Select(line => line + "\n"))) return script.Path;
            if (Script(scripts, lines, read) is { } further) return further;
        }

        return null;
    }

    private static bool IsOfShell(string path, string text) =>
        path.EndsWith(".sh", StringComparison.Ordinal)
        || (text.StartsWith("#!", StringComparison.Ordinal) && text.Split('\n')[0].Contains("sh", StringComparison.Ordinal));

    private static bool IsNoComment(string line) => !line.TrimStart().StartsWith('#');

    // A script is a path, ends in .sh, or is what is run: the first argument, or the one after a shell or a wrapper's dashes.
    private static IEnumerable<string> Names(string text)
    {
        foreach (var line in text.Split('\n').Where(IsNoComment))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Trim('\'', '"', ';', '(', ')'))
                .ToArray();
            for (var at = 0; at < words.Length; at++)
                if (IsScript(words[at]) || (IsPlain(words[at]) && (at == 0 || words[at - 1] is "--" or "exec" or "sh" or "bash")))
                    yield return words[at];
        }
    }

    private static bool IsScript(string word) =>
        word.EndsWith(".sh", StringComparison.Ordinal)
        || (
            word.Contains('/')
            && !word.Contains(':')
            && !word.Contains('=')
            && !word.StartsWith(ServiceFile.SecretsDirectory, StringComparison.Ordinal)
        );

    private static bool IsPlain(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
