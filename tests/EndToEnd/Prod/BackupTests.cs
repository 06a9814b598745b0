using System.Text.Json.Nodes;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>Backups of a running stack, rehearsed, and restored into one that has lost its data.</summary>
public sealed class BackupTests(ProdStack stack) : ProdTest(stack)
{
    [EndToEndFact]
    public async Task Rows_come_back_after_the_loss_of_the_databases_volume()
    {
        var kept = await OrderAndWaitAsync("a memory");
        await BackupAsync();

        await Engine.AskAsync("rm", "--force", "--volumes", Project.Container("postgres"));
        await Engine.AskAsync("rm", "--force", "--volumes", Project.Container("backup"));
        await Engine.AskAsync("volume", "rm", Project.Container("postgres"));
        await Project.UpAsync();
        (await Shop.GetAsync("/orders")).Should().NotContain(kept);

        CommandResult restored = await Project.InfraAsync("restore", "prod", "newest", "postgres", "--yes");

        restored.ExitCode.Should().Be(0, restored.ToString());
        (await Shop.GetAsync($"/orders/{kept}")).Should().Contain("a memory").And.Contain("fulfilled");
        (await Project.ServicesAsync())
            .Values.Where(service => service.Name != "migrations")
            .Should()
            .OnlyContain(service => service.State == "healthy");
        await OrderAndWaitAsync("something new");
    }

    [EndToEndFact]
    public async Task What_came_later_is_gone_after_a_restore_of_everything()
    {
        var kept = await OrderAndWaitAsync("the first");
        await BackupAsync();
        var later = await OrderAndWaitAsync("the second");
        await SqlAsync("CREATE TABLE of_a_later_migration (id int)");

        CommandResult restored = await Project.InfraAsync("restore", "prod", "newest", "--yes");

        restored.ExitCode.Should().Be(0, restored.ToString());
        (await SqlAsync($"SELECT count(*) FROM orders WHERE id IN ('{kept}', '{later}')")).Should().Be("1");
        (await SqlAsync("SELECT to_regclass('of_a_later_migration') IS NULL")).Should().Be("t");
        await OrderAndWaitAsync("something new");
    }

    [EndToEndFact]
    public async Task A_drill_succeeds_on_a_backup_and_fails_on_one_whose_rows_are_others()
    {
        await OrderAndWaitAsync("a rehearsal");
        var folder = await BackupAsync();
        var before = await Project.ObjectsAsync();

        CommandResult whole = await Project.InfraAsync("backup", "prod", "--verify");
        whole.ExitCode.Should().Be(0, whole.ToString());
        whole.Output.Should().MatchRegex(@"postgres: restored, \d+ rows in \d+ tables as they were dumped");

        var path = Path.Combine(folder, "manifest.json");
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var rows = manifest["parts"]!.AsArray().Single(part => part!["name"]!.GetValue<string>() == "postgres")!["rows"]!;
        rows["public.orders"] = rows["public.orders"]!.GetValue<long>() + 1;
        await File.WriteAllTextAsync(path, manifest.ToJsonString());
        CommandResult others = await Project.InfraAsync("backup", "prod", "--verify");
        others.ExitCode.Should().Be(1);
        others.Error.Should().Contain("The table public.orders has");

        await File.AppendAllTextAsync(Path.Combine(folder, "postgres.dump"), "x");
        CommandResult damaged = await Project.InfraAsync("restore", "prod", "newest", "--yes");
        damaged.ExitCode.Should().Be(1);
        damaged.Error.Should().Contain("postgres.dump: It has").And.Contain("nothing was changed");
        (await Project.ObjectsAsync()).Should().Equal(before, "a drill leaves nothing behind");
        Directory.Delete(folder, recursive: true);
    }

    [EndToEndFact]
    public async Task The_backup_service_has_taken_one_that_can_be_listed_and_restored()
    {
        var listed = await Eventually.SeesAsync(
            "a backup of the service",
            TimeSpan.FromSeconds(60),
            async () => (await Project.InfraAsync("backup", "prod", "--list")).Output,
            result => result.Contains("service:", StringComparison.Ordinal),
            () => Project.LogsAsync("backup")
        );
        var name = listed.Split('\n').First(line => line.StartsWith("service:", StringComparison.Ordinal)).Split(' ')[0];

        CommandResult restored = await Project.InfraAsync("restore", "prod", name, "--yes");

        restored.ExitCode.Should().Be(0, restored.ToString());
        await OrderAndWaitAsync("something new");
    }

    // The only one there is: other tests put other rows back, and beside a fuller one 'newest' would rightly ask which is meant.
    private async Task<string> BackupAsync()
    {
        if (Directory.Exists(Project.PathOf("backups"))) Directory.Delete(Project.PathOf("backups"), recursive: true);
        CommandResult result = await Project.InfraAsync("backup", "prod");
        result.ExitCode.Should().Be(0, result.ToString());
        return result.Output.Split('\n').Single(line => line.StartsWith(Project.Folder, StringComparison.Ordinal));
    }

    private Task<string> SqlAsync(string statement) =>
        Engine.AskAsync("exec", Project.Container("postgres"), "psql", "-U", "app", "-Atqc", statement);
}
