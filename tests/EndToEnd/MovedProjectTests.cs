namespace Infra.Tests.EndToEnd;

/// <summary>A project whose files are not where the running containers mount them from.</summary>
public sealed class MovedProjectTests(DevStack stack) : EndToEndTest(stack)
{
    [EndToEndFact]
    public async Task Its_volumes_are_backed_up_nothing_of_it_is_restarted_and_what_helps_is_said()
    {
        await Engine.AskAsync("exec", Project.Container("web"), "sh", "-c", "echo kept >/srv/uploads/before-the-move");
        var (sources, elsewhere) = (Project.PathOf("app", "src"), Project.PathOf("app", "elsewhere"));
        Directory.Move(sources, elsewhere);
        try
        {
            CommandResult backup = await Project.InfraAsync("backup", "dev", "uploads");
            backup.ExitCode.Should().Be(0, backup.ToString());
            var folder = backup.Output.Split('\n').Single(line => line.StartsWith(Project.Folder, StringComparison.Ordinal));
            (await Program.RunAsync("tar", ["-tzf", Path.Combine(folder, "volume-uploads.tar.gz")])).Output.Should().Contain("before-the-move");

            foreach (var command in new[] { new[] { "restart", "dev", "web" }, ["restore", "dev", folder, "uploads", "--yes"] })
            {
                CommandResult refused = await Project.InfraAsync(command);
                refused.ExitCode.Should().Be(2, refused.ToString());
                refused
                    .Error.Should()
                    .Contain($"web: It mounts {sources}, which is gone: was the project moved?")
                    .And.Contain("'./infra.sh up dev' recreates it");
            }

            (await Project.ServicesAsync()).Should().OnlyContain(service => service.Value.State == "healthy");
        }
        finally
        {
            Directory.Move(elsewhere, sources);
        }
    }
}
