using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Systems;

/// <summary>What the systems say alike.</summary>
internal static class SystemExtensions
{
    /// <summary>The host, with every service on that one network.</summary>
    public static IServiceHost On(this IServiceHost host, string network)
        => new AdjustingHost(host, service => service with { Networks = [new Network(network)] });

    /// <summary>The host, with the container names of the settings.</summary>
    public static IServiceHost Named(this IServiceHost host, ImmutableSortedDictionary<string, string> names) => names.IsEmpty ? host
        : new AdjustingHost(host, service => names.TryGetValue(service.Name, out var name) ? service with { ContainerName = name } : service);

    /// <summary>The code to reload, in development only.</summary>
    public static Reload? ReloadInDevelopment(this Settings settings) => settings.Environment == EnvironmentKind.Dev ? settings.Reload() : null;

    /// <summary>The arguments with these variables, those of the settings on top.</summary>
    public static T With<T>(this T args, params IEnumerable<(string Name, Template Value)> variables) where T : AppArgs
        => args with { Environment = Variables.Of(variables).SetItems(args.Environment) };

    /// <summary>The settings without what Debian has no package for.</summary>
    public static Settings WithoutWhatDebianLacks(this Settings settings) => settings with
    {
        Flower = settings.Flower with { Enabled = false },
        Systems = settings.Systems with
        {
            Ollama = settings.Systems.Ollama with { Enabled = false },
            Chroma = settings.Systems.Chroma with { Enabled = false },
        },
    };
}
