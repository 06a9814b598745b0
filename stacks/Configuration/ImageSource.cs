namespace Infra.Stacks.Configuration;

/// <summary>Where third-party images come from.</summary>
public enum ImageSource
{
    /// <summary>From registries, unless none can be reached.</summary>
    Auto,

    /// <summary>From registries.</summary>
    Registry,

    /// <summary>Built here from Debian's packages.</summary>
    Debian,
}
