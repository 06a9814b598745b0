using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>
/// Notes mentions of services that are not there, or have not what is asked of them, and services that wait for each other in a circle.
/// </summary>
internal static class ServiceReferences
{
    public static void Review(Section root, Settings settings)
    {
        // That there is none is said already.
        if (settings.Services.IsEmpty) return;
        var names = settings.Services.Select(service => service.Name).ToArray();
        foreach (var (path, text) in Texts(settings))
            foreach (var hole in text.Holes.Where(hole => hole.Service != ReferenceHole.Secrets))
                if (settings.Service(hole.Service) is not { } other)
                    root.Report(
                        path,
                        $"'{hole}' mentions a service that is not there.",
                        Nearest.HintOr(hole.Service, names, $"Services: {string.Join(", ", names)}.")
                    );
                else if (ReferenceText.Attributes.Contains(hole.What) && !other.Kind.Attributes.Contains(hole.What))
                    root.Report(path, $"'{hole}': a {other.Kind.Name} has no {hole.What}.", $"It has: {string.Join(", ", other.Kind.Attributes)}.");
                else if (hole.What is "url" or "port" or "address" && HasNoPort(other))
                    root.Report(path, $"'{hole}': '{other.Name}' says no port.", $"Set infra:{ServicesReader.Key}.{other.Name}.containerPort.");
                else if (hole.What == "ca" && other.Args is not ExternalStore { External.Authority: not null })
                    root.Report(
                        path,
                        $"'{hole}': '{other.Name}' has no certificates.",
                        other.Args is ExternalStore { Args: External }
                            ? $"Write their file in {ServicesReader.Key}.{other.Name}.ca."
                            : $"Write their file in {ServicesReader.Key}.{other.Name}.external.ca, for one that runs elsewhere."
                    );
        var order = new ServiceOrder(settings.Services);
        ReviewOrder(root, settings, order);
        foreach (var service in settings.Services)
        {
            foreach (var name in service.Runtime.After.Keys.Where(name => !names.Contains(name)))
                root.Report(
                    $"{ServicesReader.Key}.{service.Name}.after",
                    $"There is no service '{name}'.",
                    Nearest.HintOr(name, names, $"Services: {string.Join(", ", names)}.")
                );
            foreach (var name in service.Runtime.After.Keys.Where(name => settings.Service(name)?.Args is ExternalStore))
                root.Report($"{ServicesReader.Key}.{service.Name}.after", $"'{name}' runs elsewhere, so nothing can wait for it.", "Drop it there.");
        }

        if (order.Circle() is { IsEmpty: false } circle)
            root.Report($"{ServicesReader.Key}.{circle[0]}", $"It waits for itself: {string.Join(" → ", circle)} → {circle[0]}.",
                "Write one's name as it is, such as http://web:8000, where it is only mentioned, or drop an 'after'.");
    }

    // A system makes its services in its own order, and nothing waits for itself.
    private static void ReviewOrder(Section root, Settings settings, ServiceOrder order)
    {
        foreach (var service in settings.Services)
        {
            if (service.Runtime.After.ContainsKey(service.Name))
                root.Report($"{ServicesReader.Key}.{service.Name}.after", "It would wait for itself.", "Name another service, or drop it.");
            if (settings.Systems.Kind is not { } system) continue;
            var names = SystemServices.Of(system).Select(other => other.Name).ToList();
            foreach (var later in order.Uses(service.Name).Where(name => names.IndexOf(name) > names.IndexOf(service.Name)))
                root.Report(
                    $"{ServicesReader.Key}.{service.Name}",
                    $"The system makes it before {later}, which it would wait for.",
                    $"Write {later} as a plain name where it is only mentioned, or drop it from 'after'."
                );
        }
    }

    // What all processes have is said once, where it is written.
    private static IEnumerable<PlacedText> Texts(Settings settings)
    {
        var shared = settings.App.Process.References.ToHashSet(ReferenceEqualityComparer.Instance);
        return Texts("app", settings.App.Process).Concat(
            settings.Services.Where(service => service.Process is not null)
                .SelectMany(service => Texts($"{ServicesReader.Key}.{service.Name}", service.Process!).Where(each => !shared.Contains(each.Text)))
        );
    }

    private static IEnumerable<PlacedText> Texts(string section, ProcessSettings process)
    {
        foreach (var (name, text) in process.Environment) yield return new PlacedText($"{section}.environment.{name}", text);
        foreach (var (name, text) in process.Files) yield return new PlacedText($"{section}.files.{name}", text);
    }

    private sealed record PlacedText(string Path, ReferenceText Text);

    private static bool HasNoPort(ServiceSettings service) => service.Args is ContainerArgs { Port: null } or AppProcessArgs { Port: null };
}
