using Infra.Components;
using Infra.Components.Debian;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Systems;

/// <summary>What the systems have in common.</summary>
internal static class SystemExtensions
{
    /// <summary>The host, with every service on that one network.</summary>
    public static IServiceHost On(this IServiceHost host, string network)
        => new AdjustingHost(host, service => service with { Networks = [new Network(network)] });

    /// <summary>The host, with the settings of single services by their names, and of all of them.</summary>
    public static IServiceHost Adjusted(this IServiceHost host, Settings settings) => new AdjustingHost(host, service =>
    {
        var adjusted = service with
        {
            ContainerName = settings.Systems.ContainerNames.GetValueOrDefault(service.Name) ?? service.ContainerName,
            Logging = settings.Logging,
            Health = service.Health is { } probe && settings.TimesOf(service.Kind) is { } times ? times.On(probe) : service.Health,
        };
        adjusted = settings.Service(service.Name)?.Runtime.InStack(adjusted) ?? adjusted;
        return settings.Volumes.On(adjusted) with { Networks = settings.Network.On(adjusted.Networks) };
    });

    // Of what a stack adds by itself; the services that settings name have times of their own.
    private static ProbeTimes? TimesOf(this Settings settings, string kind)
        => kind == Proxy.Kind ? settings.Proxy.Probe : settings.Monitoring.Probes.GetValueOrDefault(kind);

    /// <summary>The code to reload, in development only.</summary>
    public static Reload? ReloadInDevelopment(this Settings settings) => settings.Environment == EnvironmentKind.Dev ? settings.Reload() : null;

    /// <summary>The arguments with these variables, those of the settings on top.</summary>
    public static T With<T>(this T args, params (string Name, Template Value)[] variables) where T : AppArgs
        => args with { Environment = Variables.From(variables).SetItems(args.Environment) };

    /// <summary>The settings without what Debian has no package for, and with what its Dockerfile says.</summary>
    public static Settings WithoutWhatDebianLacks(this Settings settings) => settings with
    {
        App = settings.App with { Entrypoint = settings.App.DebianEntrypoint, ImageCommand = settings.App.DebianCommand },
        Services =
        [
            .. settings.Services.Where(service => service.Args is not FlowerArgs || DebianImages.Has(Flower.Kind))
                .Select(service => service with { Args = OnDebian(service, settings) }),
        ],
        Systems = settings.Systems with
        {
            Ollama = DebianImages.Has(Ollama.Kind) ? settings.Systems.Ollama : null,
            Chroma = DebianImages.Has(Chroma.Kind) ? settings.Systems.Chroma : null,
        },
    };

    private static object OnDebian(ServiceSettings service, Settings settings) =>
        service.Args is AppArgs args && service.Kind.RunsApplication
            ? args with
            {
                Entrypoint = args.IsEntrypointReplaced ? args.Entrypoint : settings.App.DebianEntrypoint,
                ImageCommand = settings.App.DebianCommand,
            }
            : service.Args;
}
