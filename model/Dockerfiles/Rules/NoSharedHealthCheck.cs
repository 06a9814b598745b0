namespace Infra.Model.Dockerfiles.Rules;

/// <summary>One image runs as web, worker and beat, and what shows the health of one shows nothing of the others.</summary>
internal static class NoSharedHealthCheck
{
    public static DockerfileRule Rule { get; } = new("DOCKERFILE-HEALTHCHECK", "An image that several services share has no probe of its own", Check);

    private static IEnumerable<DockerfileRemark> Check(DockerfileUse use) =>
        from stage in use.Services.Length > 1 ? use.Line : []
        from check in stage.All("HEALTHCHECK")
        where !check.Text.Equals("NONE", StringComparison.OrdinalIgnoreCase)
        select new DockerfileRemark(check.Line, $"{string.Join(", ", use.Services)} share this image, and one probe cannot be right for all of them.",
            "Remove it: each service has a probe of its own.");
}
