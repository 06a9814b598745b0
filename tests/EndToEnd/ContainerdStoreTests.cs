namespace Infra.Tests.EndToEnd;

/// <summary>
/// On an engine with containerd's image store an image's id covers more than its layers.
/// What stands is recreated all the same only when it must be.
/// </summary>
public sealed class ContainerdStoreTests(DevStack stack) : EndToEndTest(stack)
{
    [SecondEngineFact]
    public async Task A_change_recreates_the_application_alone_and_the_same_layers_are_the_same_image()
    {
        await using var engine = await SecondEngine.StartAsync();
        await engine.LoadAsync(
            "infra-debian/base:trixie",
            "infra-debian/app-base:trixie",
            "infra-debian/postgres:17",
            "infra-debian/redis:8",
            "infra-debian/rabbitmq:4"
        );
        await using var project = Project.Make();
        project.EngineAddress = engine.Address;
        var code = project.PathOf("app", "src", "shop", "main.py");
        var text = await File.ReadAllTextAsync(code);
        await UpAsync(project);
        var before = await IdsAsync(engine, project);

        var image = await ImageAsync(engine, project);

        await File.WriteAllTextAsync(code, text + "\n# another\n");
        await UpAsync(project);
        var after = await IdsAsync(engine, project);
        after
            .Where(service => before[service.Key] == service.Value)
            .Select(service => service.Key)
            .Should()
            .BeEquivalentTo("postgres", "rabbitmq", "redis");

        await File.WriteAllTextAsync(code, text);
        await UpAsync(project);
        (await ImageAsync(engine, project)).Should().Be(image, "the same layers are the same image: no attestation is counted to it");
        (await project.InfraAsync("down", "dev", "--volumes", "--yes")).ExitCode.Should().Be(0);
    }

    private static async Task UpAsync(Project project)
    {
        CommandResult result = await project.InfraAsync("up", "dev", "--images", "debian");
        result.ExitCode.Should().Be(0, result.ToString());
    }

    private static async Task<string> ImageAsync(SecondEngine engine, Project project)
        => (await engine.AskAsync("image", "inspect", "--format", "{{.Id}}", project.AppImage)).Output.Trim();

    private static async Task<SortedDictionary<string, string>> IdsAsync(SecondEngine engine, Project project)
    {
        CommandResult result = await engine.AskAsync(
            "ps",
            "--filter",
            $"label=infra.stack={project.Label}",
            "--format",
            "{{.Label \"infra.service\"}} {{.ID}}"
        );
        return new(
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line.Split(' ')[0], line => line.Split(' ')[1]),
            StringComparer.Ordinal
        );
    }
}
