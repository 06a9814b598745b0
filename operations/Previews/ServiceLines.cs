using Infra.Model;
using Infra.Operations.Project;

namespace Infra.Operations.Previews;

/// <summary>How previews describe a service.</summary>
internal static class ServiceLines
{
    public static string Image(StackContext stack, ServiceSpec service) => service.Image switch
    {
        BuiltImage built => $"{stack.Naming.Tag(built)} (built from {built.Context})",
        var pinned => pinned.ToString(),
    };

    public static string Limits(ServiceSpec service)
        => $"{service.Memory?.Text ?? "no memory limit"}, {(service.Cpus is { } cpus ? $"{cpus} cpu" : "no cpu limit")}";

    public static string Ports(ServiceSpec service) => string.Join(", ", service.Ports);

    public static string Waits(ServiceSpec service)
        => string.Join(", ", service.WaitsFor.Select(wait => $"{wait.Service} {wait.Condition.ToString().ToLowerInvariant()}"));

    public static string Probe(ServiceSpec service) => service.Health is { IsOfImage: true } ? "the image's own HEALTHCHECK"
        : service.Health is { } health
        ? FormattableString.Invariant($"{string.Join(' ', health.Test)} (every {health.Interval.TotalSeconds:0.###} s)")
        : "none";

    public static IEnumerable<string> Mounts(ServiceSpec service) => service.Mounts.Select(mount => mount switch
    {
        VolumeMount volume => $"volume {volume.Volume.Name}{Existing(volume.Volume)} → {volume.Target}",
        BindMount bind => $"{bind.Source} → {bind.Target}{(bind.ReadOnly ? " (read-only)" : "")}",
        _ => null,
    }).OfType<string>();

    private static string Existing(Volume volume) => volume.Existing is { } name ? $" (existing: {name})" : "";

    public static string Files(ServiceSpec service) => string.Join(", ", service.Files.Select(file => file.Path));

    public static string Summary(StackContext stack) =>
        $"{stack.Naming.Name} ({stack.Settings.Environment.ToString().ToLowerInvariant()}): "
        + $"{Counted.Of(stack.Topology.Services.Length, "service")}, {Counted.Of(stack.Topology.Builds.Length, "image")} built here, "
        + $"{Counted.Of(stack.Topology.Volumes.Length, "volume")}, {Counted.Of(stack.Topology.Secrets.Length, "secret")}";
}
