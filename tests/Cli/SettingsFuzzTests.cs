using System.Text.RegularExpressions;
using Infra.Cli;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>Whatever a settings file contains, the command line ends with a sentence; and what it accepts, Compose accepts.</summary>
public sealed partial class SettingsFuzzTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NeverThatLong = TimeSpan.FromMinutes(1);

    private readonly TemporaryRoot root = new();

    public SettingsFuzzTests()
    {
        File.WriteAllText(Path.Combine(root.Path, "Pulumi.yaml"), "name: shop\nruntime: dotnet\n");
        foreach (var folder in new[] { "app", "samples" }) Directory.CreateSymbolicLink(Path.Combine(root.Path, folder), Repository.PathOf(folder));
    }

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(20261127)]
    public async Task A_file_of_any_content_ends_in_a_sentence(int seed)
    {
        var mutations = new SettingsMutations(seed);
        for (var count = 0; count < 120; count++) await CheckAsync(mutations.Next());
    }

    [ComposeFact]
    public Task What_is_accepted_Compose_accepts() => AcceptAsync(seed: 7, wanted: 12);

    [ComposeFact, Trait("Category", "Long")]
    public Task Whatever_is_accepted_Compose_accepts() => AcceptAsync(seed: 1000, wanted: 150);

    private async Task AcceptAsync(int seed, int wanted)
    {
        var mutations = new SettingsMutations(seed);
        for (var accepted = 0; accepted < wanted;)
        {
            var text = mutations.Next();
            if (await CheckAsync(text) != 0) continue;
            accepted++;
            var run = await RunAsync("compose");
            var compose = DockerCompose.Run("--file", Write("compose.yaml", run.Out), "--profile", "*", "config", "--quiet");
            $"{compose.ExitCode} {compose.Error}".Should().Be("0 ", text);
        }
    }

    private async Task<int> CheckAsync(string text)
    {
        var file = Write("Pulumi.fuzz.yaml", text);
        var time = ThreadTime.Of(() => Record.Exception(() => StackLoader.Read(new Workspace(root.Path), "fuzz", "shop")));

        var (code, output, error) = await RunAsync("check").WaitAsync(NeverThatLong);

        time.Should().BeLessThan(Second, text);
        code.Should().BeOneOf([0, 1, 2], text);
        error.Should().NotContain("Unexpected", text).And.NotContain("   at ", text);
        error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !Sentence().IsMatch(line)).Should().BeEmpty(text);
        (output.Length > 0 || error.Length > 0).Should().BeTrue(text);
        return File.Exists(file) ? code : -1;
    }

    private async Task<(int Code, string Out, string Error)> RunAsync(string verb)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLineApp.RunAsync([verb, "fuzz"], new Session(output, error, FakeShell.Bare(), new Workspace(root.Path)));
        return (code, output.ToString(), error.ToString());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(root.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    [GeneratedRegex(@"^[^\p{Cc}\p{Cf}\u2028\u2029]*[.?]$")]
    private static partial Regex Sentence();
}
