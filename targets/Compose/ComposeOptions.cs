namespace Infra.Targets.Compose;

/// <summary>Where a Compose file is, and what is beside it.</summary>
public sealed record ComposeOptions
{
    /// <summary>How the file writes a path that is relative to the project's root. Defaults to <c>./PATH</c>.</summary>
    public Func<string, string> PathTo { get; init; } = path => path == "." ? path : "./" + path;

    /// <summary>The folder of files with secrets, relative to the project's root. Defaults to <c>.secrets/dev</c>.</summary>
    public string SecretsDirectory { get; init; } = ".secrets/dev";

    /// <summary>The folder of what containers mount of them: written from the files beside it, and from nothing else.</summary>
    public string RenderedDirectory => SecretsDirectory + "/rendered";

    /// <summary>The folder of configuration files, relative to the project's root. Defaults to <c>.infra/dev/configs</c>.</summary>
    public string ConfigsDirectory { get; init; } = ".infra/dev/configs";

    /// <summary>The command that wrote the file, for its first line. Defaults to <c>./infra.sh</c>.</summary>
    public string Command { get; init; } = "./infra.sh";

    /// <summary>
    /// Whether steps are under the profile <see cref="StepsProfile"/>, and nothing waits for them: for a caller that
    /// runs them itself, at the right time and once. Compose would run an ended step again on each <c>up</c>, and only after it
    /// has removed the containers that are to be replaced. Defaults to no.
    /// </summary>
    public bool StepsApart { get; init; }

    /// <summary>
    /// Whether a service that takes synced code carries its image's build although another builds it: Compose before 2.32 copies
    /// nothing into one without, and says nothing of it. For a caller that builds each image itself; <c>docker compose build</c>
    /// would build it for each. Defaults to no.
    /// </summary>
    public bool BuildsWhereSynced { get; init; }

    /// <summary>
    /// Whether the caller makes the volumes, and Compose takes them as they are: of its own it compares their definitions, and offers
    /// to remove one that has changed. Defaults to no.
    /// </summary>
    public bool VolumesApart { get; init; }

    /// <summary>The profile of steps that nothing waits for.</summary>
    public const string StepsProfile = "steps";

    // An absolute path is the host's own, wherever the file is.
    internal string Written(string path) => path.StartsWith('/') ? path : PathTo(path);
}
