namespace Infra.Model.Rules;

/// <summary>A build is of the engine's own platform unless it is told another: a service of another would find no such image.</summary>
internal static class Platforms
{
    public static Rule Rule { get; } = new("PLATFORM", Severity.Error, "Every image is built for the platform that it runs on", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
        from service in topology.Services
        where service.Platform is not null && service.Image is BuiltImage image && !image.Platforms.Contains(service.Platform)
        select Rule.Error(
            service.Name,
            $"it is to run on {service.Platform}, and its image is built for {Built((BuiltImage)service.Image)}.",
            $"Name {service.Platform} in infra:app.platforms, or drop the service's platform."
        );

    private static string Built(BuiltImage image) => image.Platforms.IsEmpty ? "the engine's own platform alone" : string.Join(", ", image.Platforms);
}
