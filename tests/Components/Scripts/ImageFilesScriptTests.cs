using Infra.Components.Programs;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Components.Scripts;

/// <summary>The script that copies folders of an image to where the proxy serves them.</summary>
public sealed class ImageFilesScriptTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    public ImageFilesScriptTests() => Directory.CreateDirectory(Copied);

    private string Copied => Path.Combine(root.Path, "copied");

    private string Static => Path.Combine(root.Path, "app", "static");

    public void Dispose() => root.Dispose();

    [UnixFact]
    public async Task What_the_image_before_had_stays_until_the_next_one()
    {
        Image("a.1.js", "css/x y.css");
        await RunAsync();
        Image("a.2.js", "css/x y.css");
        await RunAsync();
        await RunAsync();

        Served().Should().BeEquivalentTo("a.1.js", "a.2.js", "css/x y.css");

        Image("a.3.js", "css/x y.css");
        await RunAsync();

        Served().Should().BeEquivalentTo("a.2.js", "a.3.js", "css/x y.css");
        File.ReadAllText(Path.Combine(Copied, "files" + Static, "a.3.js")).Should().Be("a.3.js");
    }

    [UnixFact]
    public async Task A_folder_that_the_image_has_not_ends_it_with_a_sentence()
    {
        var run = await AskAsync();

        (run.ExitCode, run.Error).Should().Be((1, $"There is no folder {Static} in the image. Set 'files' to one that it has.\n"));
    }

    private void Image(params string[] files)
    {
        if (Directory.Exists(Static)) Directory.Delete(Static, recursive: true);
        foreach (var file in files)
        {
            var path = Path.Combine(Static, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file);
        }
    }

    private IEnumerable<string> Served() =>
        Directory.EnumerateFiles(Path.Combine(Copied, "files" + Static), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(Copied, "files" + Static), file));

    private async Task RunAsync() => (await AskAsync()).Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });

    private Task<Command> AskAsync() =>
        Command.RunAsync("sh", Script.Command("image-files", Copied, Static)[1..], new Dictionary<string, string?>());
}
