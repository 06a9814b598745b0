using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>A path alone does not show that it leads to the project's own folder.</summary>
public sealed class ProjectMountsTests
{
    private static string Mounting(string folder)
        => $"config:\n  infra:environment: dev\n  infra:services:\n    worker:\n      folders: {{ /all: {folder} }}\n";

    [Fact]
    public async Task A_link_to_the_project_is_found()
    {
        using var run = new CommandLineRun();
        Directory.CreateSymbolicLink(Path.Combine(run.Workspace.Root, "all"), run.Workspace.Root);
        run.Write("Pulumi.dev.yaml", Mounting("all"));

        (await run.RunAsync("check", "dev")).Should().Be(1);
        run.Error.Should().Contain(
            "error PROJECT-ROOT worker: it mounts 'all', the project's own folder, with the settings and secrets of every stack."
        );
    }

    [Fact]
    public async Task A_whole_path_to_its_secrets_is_found()
    {
        using var run = new CommandLineRun();
        run.Write(".secrets/dev/x", "");
        run.Write("Pulumi.dev.yaml", Mounting(run.Workspace.Root + "/.secrets/dev"));

        (await run.RunAsync("check", "dev")).Should().Be(1);
        run.Error.Should().Contain("the folder of the stacks' secrets.");
    }

    [Fact]
    public async Task A_folder_of_it_is_no_finding()
    {
        using var run = new CommandLineRun();
        run.Write("config/x", "");
        run.Write("Pulumi.dev.yaml", Mounting(run.Workspace.Root + "/config"));

        await run.RunAsync("check", "dev");
        run.Error.Should().NotContain("PROJECT-ROOT");
    }
}
