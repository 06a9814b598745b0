using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Model.Dockerfiles;
using Infra.Tests.Offline;

namespace Infra.Tests.EndToEnd.Systems;

/// <summary>Builds on a real engine, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class StandInsCollection : ICollectionFixture<StandIns>
{
    public const string Name = "end to end, builds with stand-ins";
}

/// <summary>
/// Builds Dockerfiles for real where no registry can be reached: Debian's Python stands in for the public images, wheels that lead to
/// Debian's packages for PyPI's, a program of a page for uv. What it makes has names of its own, and is gone afterwards.
/// </summary>
public sealed partial class StandIns : IAsyncLifetime
{
    private readonly string name = string.Create(
        CultureInfo.InvariantCulture,
        $"infratest{Environment.ProcessId}x{RandomNumberGenerator.GetHexString(4, lowercase: true)}-stand-in"
    );
    private readonly string folder = Directory.CreateTempSubdirectory("infra-stand-in").FullName;
    private readonly List<string> made = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var image in made) await Engine.TryAsync("image", "rm", "--force", image);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The stand-in for Python's image, with these of Debian's packages besides.</summary>
    public async Task<string> PythonAsync(string packages)
    {
        var tag = $"{name}:{(packages.Length == 0 ? "python" : "more")}";
        if (made.Contains(tag))
            return tag;
        (await Program.RunAsync("bash", [Repository.PathOf("images", "build.sh"), "app-base"]))
            .ExitCode.Should()
            .Be(0, "the stand-in starts from it");
        var context = Directory.CreateDirectory(Path.Combine(folder, "python")).FullName;
        foreach (var file in new[] { "Dockerfile", "wheels.py" }) File.Copy(Here(file), Path.Combine(context, file), overwrite: true);
        await File.WriteAllLinesAsync(Path.Combine(context, "requirements.txt"), Requirements());
        made.Add(tag);
        await Engine.AskAsync("buildx", "build", "--load", "--network", "host", "--build-arg", "PACKAGES=" + packages, "--tag", tag, context);
        return tag;
    }

    /// <summary>A copy of a sample's folder, to be changed.</summary>
    public string Copy(string context)
    {
        var copy = Path.Combine(folder, Path.GetFileName(context));
        foreach (
            var file in Directory
                .EnumerateFiles(Repository.PathOf(context), "*", SearchOption.AllDirectories)
                .Where(file => !file.Contains("__pycache__", StringComparison.Ordinal))
        )
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Repository.PathOf(context), file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }

        return copy;
    }

    /// <summary>Builds an image from that folder.</summary>
    /// <returns>Its tag, and what the builder said.</returns>
    public async Task<(string Tag, string Said)> BuildAsync(string context, BuiltImage image, string packages = "")
    {
        var python = await PythonAsync(packages);
        var uv = Directory.CreateDirectory(Path.Combine(folder, "uv")).FullName;
        File.Copy(Here("uv"), Path.Combine(uv, "uv"), overwrite: true);
        var tag = $"{name}:{image.Name}-{Path.GetFileName(context)}".ToLowerInvariant();
        var file = Path.Combine(context, image.Dockerfile);
        var stages = DockerfileParser.Parse(image.DockerfilePath, await File.ReadAllTextAsync(file), image.Args).Stages;
        var bases = stages.Select(stage => stage.Base).Distinct().Where(from => stages.All(stage => stage.Name != from));
        string[] contexts =
        [
            .. bases.SelectMany(from =>
                new[] { "--build-context", $"{from}={(from.Contains("/uv:", StringComparison.Ordinal) ? uv : "docker-image://" + python)}" }
            ),
        ];
        made.Add(tag);
        CommandResult result = await Engine.TryAsync([
            "buildx",
            "build",
            "--load",
            "--network",
            "host",
            "--progress",
            "plain",
            "--file",
            file,
            .. contexts,
            "--tag",
            tag,
            context,
        ]);
        result.ExitCode.Should().Be(0, $"{image.DockerfilePath} must build:\n{result}");
        return (tag, result.Error);
    }

    // "celery[redis]>=5.5" of a project file, redis==5.2.1 of a list.
    private static IEnumerable<string> Requirements() => new[] { "app", "samples" }
        .SelectMany(root => Directory.EnumerateFiles(Repository.PathOf(root), "*", SearchOption.AllDirectories))
        .Where(file => Path.GetFileName(file) is "pyproject.toml" or "requirements.txt").Order(StringComparer.Ordinal)
        .SelectMany(file => Requirement().Matches(File.ReadAllText(file)).Select(match => match.Value)).Distinct();

    private static string Here(string file) => Repository.PathOf("tests", "EndToEnd", "StandIns", file);

    [GeneratedRegex(@"(?<=^|"")[A-Za-z][\w.-]*(\[[\w,]+\])?[=>~]=[\w.]+", RegexOptions.Multiline)]
    private static partial Regex Requirement();
}
