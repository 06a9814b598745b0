namespace Infra.Model.Dockerfiles.Rules;

/// <summary>A layer that is rebuilt need not download its packages again.</summary>
internal static class CacheMounts
{
    public static DockerfileRule Rule { get; } = new("DOCKERFILE-CACHE", "Installers keep their downloads between builds", Check);

    private static IEnumerable<DockerfileRemark> Check(DockerfileUse use) =>
        from stage in use.Needed
        from run in stage.All("RUN")
        where run.InstallsDependencies() && !run.HasCacheMount
        select new DockerfileRemark(run.Line, "Whenever this layer is rebuilt, every package is downloaded again.",
            run.Text.Contains("uv ", StringComparison.Ordinal)
                ? "Write RUN --mount=type=cache,target=/root/.cache/uv before the command."
                : "Write RUN --mount=type=cache,target=/root/.cache/pip before the command.");
}
