using Infra.Components;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Composition;

/// <summary>The images that the application's services run.</summary>
public static class ApplicationImages
{
    /// <summary>What a service's image is called, where it is the application's: <c>app</c>. Nothing for a store, or another container.</summary>
    public static string? NameOf(ServiceSpec service, Settings settings) => service.Image switch
    {
        _ when service.Kind == Container.Kind => null,
        BuiltImage built => DebianTag.Name(built) is null ? built.Name : null,
        PinnedImage pinned when pinned == settings.App.Image.Published => AppSettings.ImageName,
        PinnedImage pinned => settings.App.Rollback.FirstOrDefault(image => image.Value == pinned).Key,
        _ => null,
    };

    /// <summary>The service on the image that it goes back to, if any. Steps go nowhere: what they have done stays.</summary>
    internal static ServiceSpec RolledBack(this Settings settings, ServiceSpec service) =>
        !service.IsStep() && NameOf(service, settings) is { } name && settings.App.Rollback.TryGetValue(name, out var image)
            ? service with { Image = image }
            : service;
}
