using Infra.Model.Rules;

namespace Infra.Model.Dockerfiles.Rules;

/// <summary>The same Dockerfile must make the same image next month.</summary>
internal static class PinnedBase
{
    public static DockerfileRule Rule { get; } = new("DOCKERFILE-PINNED", "Every image that it starts from has an exact version", Check);

    private static IEnumerable<DockerfileRemark> Check(DockerfileUse use) =>
        from stage in use.Needed
        where
            use.File.Parent(stage) is null
            && stage.Base is not "scratch"
            && stage.Base != use.OwnBase
            && !stage.Base.Contains('$', StringComparison.Ordinal)
        let image = PinnedImage.Parse(stage.Base)
        where image.Digest is null && !PinnedImages.IsExact(image.Tag)
        select new DockerfileRemark(
            stage.Line,
            $"The tag of '{stage.Base}' moves: another day it is another image.",
            "Name an exact version, at least major.minor, or add a digest."
        );
}
