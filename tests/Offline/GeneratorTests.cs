namespace Infra.Tests.Offline;

public sealed class GeneratorTests
{
    [Fact]
    public async Task Writes_exactly_the_committed_files()
    {
        using var folder = new TemporaryFolder();
        var generated = folder.PathOf("Generated");

        var run = await Command.RunAsync(
            "dotnet",
            ["run", "--project", Repository.PathOf("offline", "Generator"), "--", Repository.PathOf("offline", "docker-schema.json"), generated],
            new Dictionary<string, string?>());

        run.ExitCode.Should().Be(0, run.Output + run.Error);
        var committed = Read(Repository.PathOf("offline", "Pulumi.Docker", "Generated"));
        var written = Read(generated);
        written.Keys.Should().BeEquivalentTo(committed.Keys);
        written.Where(file => committed[file.Key] != file.Value).Select(file => file.Key).Should().BeEmpty("offline/Generator was run after its last change");
    }

    private static Dictionary<string, string> Read(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllText);
}
