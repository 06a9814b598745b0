using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Components.Proxies;

/// <summary>Where the requests for a path of a site, and for all below it, go.</summary>
/// <param name="Path">The path: <c>/api</c>, or <c>/</c> for all.</param>
public abstract record SiteRoute(string Path)
{
    /// <summary>No users: whoever asks is answered.</summary>
    public static ImmutableSortedDictionary<string, Secret> Everybody { get; } =
        ImmutableSortedDictionary.Create<string, Secret>(StringComparer.Ordinal);

    /// <summary>The users who may ask, each with the secret that holds the password; those of the site when empty.</summary>
    public ImmutableSortedDictionary<string, Secret> Users { get; init; } = Everybody;
}

/// <summary>A path whose requests a service answers.</summary>
/// <param name="Path">The path.</param>
/// <param name="Service">The service's name.</param>
public sealed record ServiceRoute(string Path, string Service) : SiteRoute(Path)
{
    /// <summary>Whether the service does not see the path. Defaults to no.</summary>
    public bool Strip { get; init; }

    /// <summary>The largest body of a request; the site's when unset.</summary>
    public Size? MaxBody { get; init; }

    /// <summary>How long the service may take until its answer begins; without an end when unset.</summary>
    public TimeSpan? Answer { get; init; }
}

/// <summary>A folder in the image of a service.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Path">The folder's absolute path.</param>
public sealed record ImageFolder(string Service, string Path)
{
    /// <summary>The folder in the volume below which each folder has its own path.</summary>
    public const string Served = "files";

    /// <summary>What the step is called that copies the folders of a service's image.</summary>
    public static string StepOf(string service) => $"{service}-files";

    /// <summary>The volume that it copies them to.</summary>
    public static Volume VolumeOf(string service) => new($"{service}-served") { LeftOut = "copied out of the image again" };
}

/// <summary>A path below which the proxy serves the files of a volume, and lists no folder.</summary>
/// <param name="Path">The path.</param>
/// <param name="Volume">The volume, which the proxy reads only.</param>
public sealed record FilesRoute(string Path, Volume Volume) : SiteRoute(Path)
{
    /// <summary>The folder in the volume. Defaults to all of it.</summary>
    public string Folder { get; init; } = "";

    /// <summary>How long a browser may keep a file; it decides itself when unset.</summary>
    public TimeSpan? Cache { get; init; }

    /// <summary>The file that answers where there is none, as applications in a browser want it: <c>/index.html</c>; 404 when unset.</summary>
    public string? Fallback { get; init; }

    /// <summary>The folder of an image that the volume is filled from; unset where services write it.</summary>
    public ImageFolder? Origin { get; init; }

    /// <summary>The files of a folder in an image: in a volume that a step fills.</summary>
    public static FilesRoute OfImage(string path, ImageFolder origin) =>
        new(path, ImageFolder.VolumeOf(origin.Service)) { Origin = origin, Folder = ImageFolder.Served + origin.Path };

    /// <summary>Where the volume is in the proxy's container.</summary>
    public string Mounted => $"/srv/{Volume.Name}";
}

/// <summary>A path that has moved for good: what follows it stays behind the new one.</summary>
/// <param name="Path">The path.</param>
/// <param name="Target">The new one, a path or a URL.</param>
public sealed record RedirectRoute(string Path, string Target) : SiteRoute(Path);
