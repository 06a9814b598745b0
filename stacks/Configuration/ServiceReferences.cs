using System.Collections.Immutable;

namespace Infra.Stacks.Configuration;

/// <summary>Notes mentions of services that are not there, or have not what is asked of them, and services that wait for each other in a circle.</summary>
internal static class ServiceReferences
{
    public static void Review(Section root, Settings settings)
    {
        var names = settings.Services.Select(service => service.Name).ToArray();
        foreach (var service in settings.Services)
        {
            foreach (var (path, text) in Texts(settings, service))
                foreach (var hole in text.Holes.Where(hole => hole.Service != ReferenceHole.Secrets))
                    if (settings.Service(hole.Service) is not { } other)
                        root.Report(path, $"'{hole}' mentions a service that is not there.", Nearest.HintOr(hole.Service, names, $"Services: {string.Join(", ", names)}."));
                    else if (ReferenceText.Attributes.Contains(hole.What) && !other.Kind.Attributes.Contains(hole.What))
                        root.Report(path, $"'{hole}': a {other.Kind.Name} has no {hole.What}.", $"It has: {string.Join(", ", other.Kind.Attributes)}.");
            foreach (var name in service.Runtime.After.Keys.Where(name => !names.Contains(name)))
                root.Report($"{ServicesReader.Key}.{service.Name}.after", $"There is no service '{name}'.", Nearest.HintOr(name, names, $"Services: {string.Join(", ", names)}."));
        }

        if (ServiceOrder.Circle(settings.Services) is { IsEmpty: false } circle)
            root.Report($"{ServicesReader.Key}.{circle[0]}", $"It waits for itself: {string.Join(" → ", circle)} → {circle[0]}.",
                "Write one's name as it is, such as http://web:8000, where it is only mentioned, or drop an 'after'.");
    }

    // What all processes have is said once, where it is written.
    private static IEnumerable<(string Path, ReferenceText Text)> Texts(Settings settings, ServiceSettings service)
    {
        if (service.Process is not { } process) yield break;
        var app = settings.App.Process;
        var isFirst = settings.Services.First(other => other.Kind.RunsApplication == service.Kind.RunsApplication) == service;
        foreach (var (key, text) in process.Environment.Select(pair => ("environment." + pair.Key, pair.Value)).Concat(process.Files.Select(pair => ("files." + pair.Key, pair.Value))))
        {
            var isShared = service.Kind.RunsApplication && (app.Environment.ContainsValue(text) || app.Files.ContainsValue(text));
            if (!isShared) yield return ($"{ServicesReader.Key}.{service.Name}.{key}", text);
            else if (isFirst) yield return ($"app.{key}", text);
        }
    }
}
