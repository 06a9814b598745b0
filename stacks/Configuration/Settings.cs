using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Model.Rules;

namespace Infra.Stacks.Configuration;

/// <summary>A stack's settings, with units instead of texts. Every key of <c>Pulumi.STACK.yaml</c> has its property here.</summary>
public sealed record Settings
{
    public required Naming Naming { get; init; }

    public required EnvironmentKind Environment { get; init; }

    public ImageSource Images { get; init; }

    /// <summary>Another value runs again, under Pulumi, a step that failed.</summary>
    public string? Attempt { get; init; }

    public required AppSettings App { get; init; }

    /// <summary>What runs, but for what prod adds, in the order of the file.</summary>
    public required ImmutableArray<ServiceSettings> Services { get; init; }

    public required SystemSettings Systems { get; init; }

    public required MonitoringSettings Monitoring { get; init; }

    public required ProxySettings Proxy { get; init; }

    public required BackupSettings Backup { get; init; }

    /// <summary>Where every service's log goes.</summary>
    public required Logging Logging { get; init; }

    /// <summary>Volumes of the engine that take the place of the stack's own.</summary>
    public required ExistingVolumes Volumes { get; init; }

    /// <summary>What the stack's networks have in common.</summary>
    public required NetworkSettings Network { get; init; }

    /// <summary>The findings that somebody has decided to live with.</summary>
    public required Waivers Waivers { get; init; }

    /// <summary>The settings of one service; none where nobody names it.</summary>
    public ServiceSettings? Service(string name) => Services.FirstOrDefault(service => service.Name == name);

    /// <summary>The arguments of a service that is named.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is of another kind.</exception>
    public T Args<T>(string name) where T : class =>
        Service(name)?.Args as T ?? throw new InvalidOperationException($"The settings name no service '{name}' with {typeof(T).Name}.");

    /// <summary>The same, but what uses a store logs in as the users who have the new password while it is being rotated.</summary>
    /// <param name="secret">The password's name; that of another secret, or none, changes nothing.</param>
    public Settings Rotating(string? secret) => this with
    {
        Services = [.. Services.Select(service => service with { Args = service.Kind.Rotating(service.Args, secret) })],
    };
}

/// <summary>The application: where it is, how it is built, what it looks for in its environment.</summary>
public sealed record AppSettings
{
    /// <summary>What its image is called among those of the stack.</summary>
    public const string ImageName = "app";

    public required AppImageArgs Image { get; init; }

    /// <summary>Where its code lies in the image.</summary>
    public required string Directory { get; init; }

    /// <summary>The folders, below its own, whose code is reloaded in development.</summary>
    public required ImmutableArray<string> Source { get; init; }

    /// <summary>The files of its folder that name its dependencies, beside uv's own, by their names below it.</summary>
    public required ImmutableArray<string> Dependencies { get; init; }

    /// <summary>What the image runs its commands by, as its Dockerfile says; nothing where that says nothing.</summary>
    public required ImmutableArray<string> Entrypoint { get; init; }

    /// <summary>The same of the Dockerfile for places without a registry.</summary>
    public required ImmutableArray<string> DebianEntrypoint { get; init; }

    /// <summary>What the image runs unless it is given something else, as its Dockerfile says; nothing where that says nothing.</summary>
    public required ImmutableArray<string> ImageCommand { get; init; }

    /// <summary>The same of the Dockerfile for places without a registry.</summary>
    public required ImmutableArray<string> DebianCommand { get; init; }

    public required ReloadMode Reload { get; init; }

    public required Reloader Reloader { get; init; }

    /// <summary>The Celery application; none where nobody names one.</summary>
    public required string? Celery { get; init; }

    /// <summary>What each of its processes finds around it.</summary>
    public required ProcessSettings Process { get; init; }

    public required bool? ReadOnly { get; init; }

    /// <summary>Whether a system's production mounts the source and reloads it too.</summary>
    public required bool LiveSource { get; init; }

    /// <summary>How many releases of its images are kept.</summary>
    public required int Releases { get; init; }

    /// <summary>The images of an earlier release that its services run instead, by the names of its own. Its steps run none of them.</summary>
    public required ImmutableSortedDictionary<string, PinnedImage> Rollback { get; init; }

    /// <summary>What a Dockerfile that is written for it depends on.</summary>
    public required BuildSettings Build { get; init; }

    /// <summary>The image that its services run.</summary>
    public Image BuiltImage => AppImage.Describe(ImageName, Image);
}
