using Infra.Model;

namespace Infra.Operations.Loading;

/// <summary>Schedulers that a service starts in a script, where no rule sees them.</summary>
internal static class HiddenBeats
{
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
                    Script: Script(scripts[((BuiltImage)service.Image).Name], string.Join(' ', service.Entrypoint.Concat(service.Command)))
                )
            )
            .Where(each => each.Script is not null)
            .ToArray();
        foreach (var (service, script) in hidden)
            if (service.Containers() > 1)
                yield return new Finding(
                    "ONE-BEAT",
                    Severity.Error,
                    service.Name,
                    $"'{script}', which each of its {service.Containers()} containers runs, schedules tasks, so each is sent as many times.",
                    "Take --beat (-B) out of the script and add a beat, or set replicas to 1."
                );
            else if (
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

    private static string? Script(ApplicationScripts scripts, string text) =>
        CalledScripts.By(text, scripts)
            .Where(script => CalledScripts.IsOfShell(script.Path, script.Text) && Schedules(script.Text))
            .Select(script => script.Path)
            .FirstOrDefault();

    private static bool Schedules(string script) =>
        CeleryCommand.Schedules(CalledScripts.Lines(script).Select(line => line + "\n"));
}
