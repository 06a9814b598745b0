namespace Infra.Model.Dockerfiles.Rules;

/// <summary>In shell form a shell is the first process: it gets the signal to stop, and passes none on.</summary>
internal static class ExecForm
{
    public static DockerfileRule Rule { get; } = new("DOCKERFILE-EXEC-FORM", "The program itself is the first process", Check);

    private static IEnumerable<DockerfileRemark> Check(DockerfileUse use) =>
        from keyword in new[] { "ENTRYPOINT", "CMD" }
        let command = use.Line.SelectMany(stage => stage.All(keyword)).LastOrDefault()
        where command is not null && !command.IsExecForm
        select new DockerfileRemark(command.Line, $"In shell form the {keyword} runs below a shell, which keeps the signal to stop to itself.",
            $"Write it in exec form: {keyword} [\"program\", \"argument\"].");
}
