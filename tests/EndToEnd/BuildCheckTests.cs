using System.Collections.Immutable;
using Infra.Components.Dockerfiles;
using Infra.Model.Dockerfiles;
using Infra.Tests.Components;
using Infra.Tests.Offline;

namespace Infra.Tests.EndToEnd;

/// <summary>
/// BuildKit reads every Dockerfile that is here or written by the command line.
/// Bases come from this machine in a registry's stead.
/// </summary>
[Collection(EndToEndCollection.Name)]
[Trait("Category", EndToEndCollection.Category)]
public sealed class BuildCheckTests
{
    private const string StandIn = "docker-image://infra-debian/base:trixie";

    [BuildCheckFact]
    public async Task It_finds_nothing_in_the_Dockerfiles_of_the_application_the_systems_and_the_images()
    {
        var files = new[] { "app", "samples", "images" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*Dockerfile", SearchOption.AllDirectories))
            .ToArray();

        files.Should().HaveCountGreaterThan(20);
        (await Task.WhenAll(files.Select(ComplaintAsync))).OfType<string>().Should().BeEmpty();
    }

    [BuildCheckFact]
    public async Task It_finds_nothing_in_what_is_written_for_an_application_that_has_none()
    {
        var folder = Directory.CreateTempSubdirectory("infra-check");
        try
        {
            var files = DockerfileWriterTests.Kinds.Select(kind => Written(folder, (string)kind[0], (DockerfileOptions)kind[1])).ToArray();

            (await Task.WhenAll(files.Select(ComplaintAsync))).OfType<string>().Should().BeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [BuildCheckFact]
    public async Task It_would_find_something()
    {
        var folder = Directory.CreateTempSubdirectory("infra-check");
        try
        {
            var file = Path.Combine(folder.FullName, "Dockerfile");
            await File.WriteAllTextAsync(file, "FROM python:3.14-slim\nCMD serve\n");

            (await ComplaintAsync(file)).Should().Contain("JSONArgsRecommended");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Written(DirectoryInfo folder, string name, DockerfileOptions options)
    {
        var file = Path.Combine(folder.CreateSubdirectory(name).FullName, "Dockerfile");
        File.WriteAllText(file, DockerfileWriter.Write(options));
        return file;
    }

    private static async Task<string?> ComplaintAsync(string file)
    {
        var parsed = DockerfileParser.Parse(file, await File.ReadAllTextAsync(file), ImmutableDictionary<string, string>.Empty);
        var copied = parsed.Stages.SelectMany(stage => stage.Instructions).Select(instruction => instruction.Flag("from")).OfType<string>();
        var others = parsed.Stages.Select(stage => stage.Base).Concat(copied).Distinct()
            .Where(name => name != "scratch" && parsed.Stages.All(stage => !string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase)));
        CommandResult result = await Engine.TryAsync([
            "build",
            "--check",
            "--progress",
            "quiet",
            "--file",
            file,
            .. others.SelectMany(name => new[] { "--build-context", $"{name}={StandIn}" }),
            Path.GetDirectoryName(file)!,
        ]);
        return result.ExitCode == 0 ? null : $"{file}: {result}";
    }
}
