namespace Infra.Tests.Offline;

/// <summary>A copy of what makes offline/'s Pulumi.Docker, built by MSBuild up to the source that is generated for it.</summary>
public sealed class GeneratedAtBuildTests : IDisposable
{
    private static readonly string[] Copied =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "offline/docker-schema.json"];

    private static readonly string[] DesignTime =
    [
        "--no-restore", "-t:Compile;CoreCompile", "-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true",
        "-p:BuildProjectReferences=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
    ];

    private readonly TemporaryFolder folder = new();

    public GeneratedAtBuildTests()
    {
        var sources = new[] { "Generator", "Pulumi.Docker" }
            .SelectMany(name => Directory.EnumerateFiles(Repository.PathOf("offline", name)))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        foreach (var file in Copied.Concat(sources))
            folder.Write(file, File.ReadAllText(Repository.PathOf(file)));
        folder.Write("offline/Pulumi/Pulumi.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_source_is_generated_again_when_schema_or_generator_change_and_only_then()
    {
        await BuildAsync("-t:GenerateFromSchema");
        var first = Generated();
        first.Text.Should().Contain("Value = \"5.1.0\"");

        await BuildAsync("-t:GenerateFromSchema");
        Generated().Should().Be(first);

        Change("offline/docker-schema.json", "5.1.0", "5.1.1");
        await BuildAsync("-t:GenerateFromSchema");
        Generated().Text.Should().Contain("Value = \"5.1.1\"");

        Change("offline/Generator/SourceFile.cs", "#nullable enable", "#nullable disable");
        await BuildAsync("-t:GenerateFromSchema");
        Generated().Text.Should().Contain("#nullable disable").And.Contain("Value = \"5.1.1\"");
    }

    [Fact]
    public async Task An_editor_has_the_source_in_a_fresh_clone_without_a_build()
    {
        await BuildAsync("-t:Restore");

        await BuildAsync(DesignTime);

        Generated().Text.Should().Contain("public partial class Container");
        Directory.Exists(folder.PathOf("offline", "Generator", "bin", "Debug"))
            .Should().BeFalse("a build may run at the same time, and writes there");
    }

    private (string Text, DateTime Written) Generated()
    {
        var objects = folder.PathOf("offline", "Pulumi.Docker", "obj");
        var file = Directory.EnumerateFiles(objects, "Pulumi.Docker.g.cs", SearchOption.AllDirectories).Single();
        return (File.ReadAllText(file), File.GetLastWriteTimeUtc(file));
    }

    private void Change(string file, string from, string to)
    {
        var text = File.ReadAllText(folder.PathOf(file));
        text.Should().Contain(from);
        folder.Write(file, text.Replace(from, to, StringComparison.Ordinal));
    }

    private async Task BuildAsync(params string[] arguments)
    {
        var run = await Command.RunAsync(
            "dotnet",
            ["build", folder.PathOf("offline", "Pulumi.Docker"), "-v:quiet", "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false", .. arguments],
            new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1" });
        run.ExitCode.Should().Be(0, run.Output + run.Error);
    }
}
