using Infra.Components;
using Infra.Components.Parts;

namespace Infra.Stacks.Configuration;

/// <summary>Notes services that run their image's own command where something has to stand before it, and nobody knows what it is.</summary>
internal static class MissingCommands
{
    public static void Review(Section root, Settings settings)
    {
        foreach (var service in settings.Services.Where(service => IsUnknown(service, settings)))
            if (IsFirstMigrated(service, settings))
                root.Report($"{ServicesReader.Key}.{service.Name}.command", "Migrations run before it, so it must be known.", "Write it, as the image's CMD has it.");
            else if (service.Process!.Delivery == SecretDelivery.Export && HasSecrets(service.Process, settings) && !IsInDockerfile(service, settings))
                root.Report(
                    $"{ServicesReader.Key}.{service.Name}.command",
                    "A shell exports its secrets before its command, and the image's own command is not known.",
                    "Write it, as the image's CMD has it, or set delivery to file."
                );
    }

    private static bool IsUnknown(ServiceSettings service, Settings settings) =>
        service.Args is WebArgs { Command.IsEmpty: true } or AppProcessArgs { Command.IsEmpty: true } or ContainerArgs { Command.IsEmpty: true }
        && service is { Args: AppArgs { IsEntrypointReplaced: false }, Process: not null }
        && !SystemServices.IsFixed(settings.Systems.Kind, service.Name, "command");

    private static bool IsFirstMigrated(ServiceSettings service, Settings settings) =>
        settings.Systems.Kind == SystemKind.Marketplace && service.Args is WebArgs;

    private static bool IsInDockerfile(ServiceSettings service, Settings settings) =>
        service.Kind.RunsApplication && !settings.App.ImageCommand.IsEmpty;

    private static bool HasSecrets(ProcessSettings process, Settings settings) => process.Secrets.Count > 0
        || process.Environment.Values.SelectMany(text => text.Holes).Any(hole => !hole.IsFile && (hole.Service == ReferenceHole.Secrets
            || (hole.What is "url" or "password" && settings.Service(hole.Service) is { } other && other.Kind.Secrets(other.Args).Any())));
}
