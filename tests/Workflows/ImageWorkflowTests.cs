using System.Diagnostics;
using System.Text.Json.Nodes;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Workflows;

/// <summary>The workflow that builds the image of a commit: what it would have buildx do.</summary>
public sealed class ImageWorkflowTests
{
    [BuildxFact]
    public async Task It_is_built_with_the_cache_of_the_last_one_and_tagged_by_the_commit()
    {
        using var folder = new TemporaryFolder();
        using var run = new CommandLineRun(FakeShell.Bare());
        (await run.RunAsync("bake", "prod", "--output", Path.Combine(folder.Path, "docker-bake.json"))).Should().Be(0, run.Error);
        var script = WorkflowFile.Read("image.yml").Scripts.Single(text => text.Contains("docker buildx bake", StringComparison.Ordinal));
        // All that it does but the work: buildx prints what that would be.
        var look = script[..script.IndexOf("echo ", StringComparison.Ordinal)]
            .Replace("--push --metadata-file result.json", "--print", StringComparison.Ordinal);

        var app = JsonNode.Parse(await BashAsync(look, folder.Path))!["target"]!["app"]!;

        app["tags"]!.AsArray().Select(tag => tag!.ToString()).Should().Equal("ghcr.io/acme/shop/app:0123abc");
        app["cache-from"]!.ToJsonString().Should().Contain("ghcr.io/acme/shop/app:cache");
        app["cache-to"]!.ToJsonString().Should().Contain("ghcr.io/acme/shop/app:cache").And.Contain("max");
        app["context"]!.ToString().Should().Be("app");
    }

    private static async Task<string> BashAsync(string script, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        (start.Environment["GITHUB_REPOSITORY"], start.Environment["GITHUB_SHA"]) = ("Acme/Shop", "0123abc");
        using var bash = Process.Start(start)!;
        var (said, reason) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        bash.ExitCode.Should().Be(0, await reason);
        return await said;
    }
}
