using Infra.Model;
using Infra.Model.Dockerfiles;
using Infra.Operations.Engine;
using Infra.Tests.Offline;

namespace Infra.Tests.Systems;

public sealed class CopiedFilesTests(SystemStacks stacks) : IClassFixture<SystemStacks>
{
    public static TheoryData<string> Systems => new(SystemStacks.Names);

    [Theory, MemberData(nameof(Systems))]
    public void Every_file_that_a_systems_Dockerfile_copies_is_there(string stack) => stacks[stack].Builds.SelectMany(Missing).Should().BeEmpty();

    [Fact]
    public void Every_file_that_the_applications_Dockerfile_copies_is_there() => Missing(new BuiltImage("app", "app")).Should().BeEmpty();

    [Fact]
    public void One_that_is_not_there_is_found()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Dockerfile", "FROM scratch\nCOPY there missing perhaps* ./\nCOPY left-out .\nCOPY --from=uv /uv /uv\n");
        folder.Write(".dockerignore", "left-out\n");
        folder.Write("there", "");
        folder.Write("left-out", "");

        Missing(new BuiltImage("any", folder.Path)).Should().Equal($"{folder.Path}/Dockerfile: missing", $"{folder.Path}/Dockerfile: left-out");
    }

    private static IEnumerable<string> Missing(BuiltImage image)
    {
        var context = Repository.PathOf(image.Context);
        var ignore = IgnoreFile.Read(context, image.Dockerfile);
        return DockerfileParser.Parse(image.Dockerfile, File.ReadAllText(Path.Combine(context, image.Dockerfile)), image.Args).Stages
            .SelectMany(stage => stage.All("COPY")).Where(copy => copy.Flag("from") is null)
            .SelectMany(copy => copy.Words.SkipLast(1)).Where(source => !source.Contains('*', StringComparison.Ordinal))
            .Where(source => !Path.Exists(Path.Combine(context, source)) || (source != "." && ignore.LeavesOut(source)))
            .Select(source => $"{image.DockerfilePath}: {source}");
    }
}
