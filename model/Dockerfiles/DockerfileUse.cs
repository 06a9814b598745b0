using System.Collections.Immutable;

namespace Infra.Model.Dockerfiles;

/// <summary>A Dockerfile and what becomes of it.</summary>
/// <param name="File">The Dockerfile.</param>
/// <param name="Final">The stage that becomes the image.</param>
/// <param name="Services">The services that run the image.</param>
/// <param name="OwnBase">The image of ours that it starts from, if it does: no one else moves that tag.</param>
public sealed record DockerfileUse(Dockerfile File, Stage Final, ImmutableArray<string> Services, string? OwnBase = null)
{
    /// <summary>The stages whose file system the image is.</summary>
    public ImmutableArray<Stage> Line => File.Line(Final);

    /// <summary>All stages that have a part in the image.</summary>
    public ImmutableArray<Stage> Needed => File.Needed(Final);
}
