namespace Infra.Model.Dockerfiles.Rules;

/// <summary>A layer is rebuilt with all that follow it: what changes most often comes last.</summary>
internal static class DependenciesFirst
{
    public static DockerfileRule Rule { get; } = new("DOCKERFILE-LAYERS", "Dependencies are installed before the code is copied", Check);

    private static IEnumerable<DockerfileRemark> Check(DockerfileUse use)
    {
        foreach (var stage in use.Needed)
        {
            var copied = stage.Instructions.FirstOrDefault(CopiesEverything);
            var installed = stage.All("RUN").FirstOrDefault(Commands.InstallsDependencies);
            if (copied is not null && installed is not null && copied.Line < installed.Line)
                yield return new DockerfileRemark(
                    copied.Line,
                    "The whole folder is copied before the dependencies are installed: each change of the code installs them again.",
                    "Copy pyproject.toml and uv.lock (or requirements.txt) alone, install, and copy the code last."
                );
        }
    }

    private static bool CopiesEverything(Instruction instruction) =>
        instruction.Keyword is "COPY" or "ADD"
        && instruction.Flag("from") is null
        && Sources(instruction).Any(source => source is "." or "./" or "/");

    private static IEnumerable<string> Sources(Instruction copy)
        => (copy.IsExecForm ? copy.Text.Trim('[', ']').Split(',').Select(word => word.Trim().Trim('"')) : copy.Words).SkipLast(1);
}
