namespace Infra.Model.Dockerfiles.Rules;

/// <summary>apt's lists are of no use once the packages are there.</summary>
internal static class PackageLists
{
    private const string Lists = "/var/lib/apt";

    public static DockerfileRule Rule { get; } = new("DOCKERFILE-APT", "apt's lists do not stay in the image", Check);

    private static IEnumerable<DockerfileRemark> Check(DockerfileUse use) =>
        from stage in use.Line
        from run in stage.All("RUN")
        where run.UsesApt() && !Removes(run) && !IsMounted(run)
        select new DockerfileRemark(
            run.Line,
            "apt's lists stay in this layer, some 20 to 40 MB.",
            "End the command with '&& rm -rf /var/lib/apt/lists/*', or mount a cache on /var/lib/apt/lists."
        );

    private static bool Removes(Instruction run) => run.Text.IndexOf("rm ", StringComparison.Ordinal) is >= 0 and var at
        && run.Text.IndexOf(Lists, at, StringComparison.Ordinal) >= 0;

    private static bool IsMounted(Instruction run) =>
        run.Flags.Any(flag => flag.Contains("type=cache", StringComparison.Ordinal) && flag.Contains($"target={Lists}", StringComparison.Ordinal));
}
