namespace Infra.Model;

/// <summary>Bounds on what a container's log takes on disk, with the engine's <c>json-file</c> driver.</summary>
/// <param name="MaxSize">When a file is full.</param>
/// <param name="MaxFiles">How many are kept.</param>
public sealed record LogRotation(Size MaxSize, int MaxFiles)
{
    /// <summary>3 files of 10 MiB.</summary>
    public static LogRotation Default { get; } = new(Size.MiB(10), 3);
}
