using System.Globalization;

namespace Infra.Model.Dockerfiles;

/// <summary>Something that every application's Dockerfile should hold to. What it finds is a warning: the image works without.</summary>
/// <param name="Id">What findings call it: <c>DOCKERFILE-LAYERS</c>.</param>
/// <param name="Title">What holds where it finds nothing.</param>
/// <param name="Check">What is wrong, by line.</param>
public sealed record DockerfileRule(string Id, string Title, Func<DockerfileUse, IEnumerable<DockerfileRemark>> Check)
{
    /// <summary>Its findings, in the order of the lines.</summary>
    public IEnumerable<Finding> Apply(DockerfileUse use) =>
        Check(use)
            .OrderBy(found => found.Line)
            .Select(found => new Finding(
                Id,
                Severity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"{use.File.Path}:{found.Line}"),
                found.What,
                found.Do
            ));
}

/// <summary>Something in a Dockerfile that a rule does not hold for.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Do">What to do about it.</param>
public sealed record DockerfileRemark(int Line, string What, string Do);
