using System.Collections.Frozen;

namespace Infra.Model.Dockerfiles.Rules;

/// <summary>A compiler in the image is hundreds of megabytes that never run, and a tool for an attacker.</summary>
internal static class BuildToolsStayBehind
{
    private static readonly FrozenSet<string> Tools = new[]
    {
        "gcc", "g++", "clang", "make", "cmake", "build-essential", "build-base", "cargo", "rustc", "pkg-config", "python3-dev",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static DockerfileRule Rule { get; } = new("DOCKERFILE-STAGES", "What builds stays in a stage of its own", Check);

    private static IEnumerable<DockerfileRemark> Check(DockerfileUse use) =>
        from stage in use.Line
        from run in stage.All("RUN")
        let tools = run.Packages().Where(package => Tools.Contains(package) || package.EndsWith("-dev", StringComparison.Ordinal)).ToArray()
        where tools.Length > 0
        select new DockerfileRemark(run.Line, $"The image that runs has what only a build needs: {string.Join(", ", tools)}.",
            "Install and compile in a stage of its own, and copy the virtual environment from it.");
}
