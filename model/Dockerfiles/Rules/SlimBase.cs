using System.Text.RegularExpressions;

namespace Infra.Model.Dockerfiles.Rules;

/// <summary>Python's full image brings a gigabyte of compilers and headers.</summary>
internal static partial class SlimBase
{
    public static DockerfileRule Rule { get; } = new("DOCKERFILE-SLIM", "The image starts from a small one", Check);

    private static IEnumerable<DockerfileRemark> Check(DockerfileUse use)
    {
        var first = use.Line[0];
        if (FullPython().IsMatch(first.Base))
            yield return new DockerfileRemark(
                first.Line,
                $"'{first.Base}' brings compilers and headers that never run, about a gigabyte.",
                "Start from its slim variant, such as python:3.14-slim-trixie."
            );
    }

    // Every variant but the full one has its name in the tag.
    [GeneratedRegex(@"^(docker\.io/)?(library/)?python(:(?!.*(slim|alpine|windows)).*)?$")]
    private static partial Regex FullPython();
}
