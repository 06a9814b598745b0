namespace Infra.Model.Dockerfiles.Rules;

/// <summary>A process of root that is broken into has one wall less around it.</summary>
internal static class NoRoot
{
    public static DockerfileRule Rule { get; } = new("DOCKERFILE-USER", "The image runs as a user of its own", Check);

    private static IEnumerable<DockerfileRemark> Check(DockerfileUse use)
    {
        var user = use.Line.SelectMany(stage => stage.All("USER")).LastOrDefault();
        if (user is null && !use.Line[0].Base.Contains("nonroot", StringComparison.Ordinal))
            yield return new DockerfileRemark(
                use.Final.Line,
                "The image runs as root.",
                "Make a user in it, and name that user in a USER instruction."
            );
        else if (user?.Text.Split(':')[0] is "root" or "0")
            yield return new DockerfileRemark(user.Line, "The image runs as root.", "Make a user in it, and name that user here.");
    }
}
