using System.Collections.Immutable;

namespace Infra.Components.Dockerfiles;

/// <summary>What installs the application's packages.</summary>
public enum Installer
{
    /// <summary>uv, from <c>pyproject.toml</c> and <c>uv.lock</c>.</summary>
    Uv,

    /// <summary>pip, from <c>requirements.txt</c>.</summary>
    Pip,
}

/// <summary>What the application runs on in its image.</summary>
public enum ImageRuntime
{
    /// <summary>Python's slim image, with a shell.</summary>
    Slim,

    /// <summary>Nothing but Python and the application: no shell, no package manager.</summary>
    Distroless,
}

/// <summary>What <see cref="DockerfileWriter"/> needs to know of an application.</summary>
public sealed record DockerfileOptions
{
    /// <summary>The version of Python, major and minor. Defaults to 3.14.</summary>
    public string Python { get; init; } = "3.14";

    /// <summary>What installs its packages. Defaults to uv.</summary>
    public Installer Installer { get; init; }

    /// <summary>What it runs on. Defaults to the slim image.</summary>
    public ImageRuntime Runtime { get; init; }

    /// <summary>Debian's packages that compiling needs: <c>gcc</c> with its <c>libc6-dev</c>, <c>libpq-dev</c>.</summary>
    public ImmutableArray<string> BuildPackages { get; init; } = [];

    /// <summary>Debian's packages that running needs: <c>libpq5</c>.</summary>
    public ImmutableArray<string> RunPackages { get; init; } = [];

    /// <summary>The user it runs as. Defaults to <c>app</c>.</summary>
    public string User { get; init; } = "app";

    /// <summary>Where its code lies in the image. Defaults to <c>/app</c>.</summary>
    public string Directory { get; init; } = "/app";

    /// <summary>The folder, relative to the context, of the one service that the image is for; the whole context when unset.</summary>
    public string? Service { get; init; }

    /// <summary>The folders of other services in the same context, which the image leaves out.</summary>
    public ImmutableArray<string> OtherServices { get; init; } = [];

    /// <summary>Folders below <see cref="Directory"/> on Python's path, where modules are not in the folder itself: <c>src</c>.</summary>
    public ImmutableArray<string> ModuleFolders { get; init; } = [];

    /// <summary>Folders that the user must be able to write, where volumes are mounted: a volume takes over their owner.</summary>
    public ImmutableArray<string> WritableFolders { get; init; } = ["/var/lib/celery/beat"];

    /// <summary>The port it listens on.</summary>
    public int Port { get; init; } = 8000;

    /// <summary>Its command where a service has none of its own, in exec form.</summary>
    public required ImmutableArray<string> Command { get; init; }
}
