using System.Text.RegularExpressions;

namespace Infra.Tests.EndToEnd.Systems;

[Collection(HexagonalCollection.Name)]
public sealed partial class HexagonalLiveTests(HexagonalStack stack) : LiveTest<HexagonalStack>(stack)
{
    // Each by a line of its own of the list.
    private static readonly string[] Ignored =
    [
        ".coverage",
        "notes.md",
        "compose.override.yaml",
        "htmlcov/index.html",
        ".ruff_cache/one",
        ".pytest_cache/one",
        ".venv/one.py",
        "one.pyc",
    ];

    [EndToEndFact]
    public async Task A2_backend_and_worker_run_one_image()
    {
        var images = await Task.WhenAll(new[] { "backend", "celery_worker" }.Select(name => ImageAsync(name)));

        images.Distinct().Should().ContainSingle();
    }

    [EndToEndFact]
    public async Task A3_worker_reloads_itself_on_a_code_change()
    {
        await using var watch = await Watching.StartAsync(Project);
        var before = (await Project.ServicesAsync())["celery_worker"];
        (await IssuedAsync()).Should().Be(1190);

        await EditAsync("modules/invoicing/tasks.py", "PERCENT = 19", "PERCENT = 25");

        await Eventually.SeesAsync(
            "the edited task",
            TimeSpan.FromSeconds(60),
            IssuedAsync,
            total => total == 1250,
            () => Project.LogsAsync("celery_worker")
        );
        (await Project.ServicesAsync())["celery_worker"]
            .Should()
            .BeEquivalentTo(new { before.Id, before.Started }, "only its program was restarted");
    }

    [EndToEndFact]
    public async Task A4_backend_reloads_itself_on_a_code_change()
    {
        await using var watch = await Watching.StartAsync(Project);
        var before = (await Project.ServicesAsync())["backend"];

        await EditAsync("core/main.py", "{\"status\": \"ready\"}", "{\"status\": \"ready\", \"edition\": \"second\"}");

        await Stack.SeesAsync("/ready", "second", "backend");
        (await Project.ServicesAsync())["backend"].Should().BeEquivalentTo(new { before.Id, before.Started }, "code is synced without a rebuild");
    }

    [EndToEndFact]
    public async Task A5_what_is_ignored_is_not_copied()
    {
        await using var watch = await Watching.StartAsync(Project);
        foreach (var name in Ignored) Put(name);
        Put("copied.txt");

        var seen = await Eventually.SeesAsync(
            "the file that is not ignored",
            TimeSpan.FromSeconds(60),
            () => Engine.AskAsync("exec", Project.Container("backend"), "find", "/app/shared", "-type", "f"),
            found => found.Contains("/app/shared/copied.txt", StringComparison.Ordinal),
            () => Task.FromResult(watch.Output)
        );

        seen.Should().NotContainAny(Ignored);
    }

    [EndToEndFact]
    public async Task A5_a_change_of_dependencies_rebuilds()
    {
        await using var watch = await Watching.StartAsync(Project);
        var before = (await Project.ServicesAsync())["backend"].Id;

        await EditAsync("pyproject.toml", "version = \"1.0.0\"", "version = \"1.0.1\"");
        await Eventually.SeesAsync(
            "the rebuilt back end",
            TimeSpan.FromSeconds(90),
            async () => (await Engine.TryAsync("inspect", "--format", "{{.Id}}", Project.Container("backend"))).Output.Trim(),
            id => id.Length > 0 && id != before,
            () => Task.FromResult(watch.Output)
        );
        // While Compose replaces a container there are two of it.
        await Eventually.SeesAsync("five services, healthy again", TimeSpan.FromSeconds(90),
            async () => string.Join(' ', await Engine.LinesAsync("ps", "--filter", $"label=infra.stack={Project.Label}", "--format", "{{.Status}}")),
            seen => seen.Split("(healthy)").Length == 6 && !seen.Contains("starting", StringComparison.Ordinal),
            () => Task.FromResult(watch.Output)
        );
        await Eventually.SeesAsync(
            "one image in both",
            TimeSpan.FromSeconds(30),
            async () => await Task.WhenAll(new[] { "backend", "celery_worker" }.Select(ImageAsync)),
            images => images[0] == images[1],
            () => Task.FromResult(watch.Output)
        );
    }

    [EndToEndFact]
    public void A7_backend_and_worker_start_when_all_stores_are_healthy()
    {
        foreach (var store in new[] { "db", "redis", "rabbit" })
            foreach (var service in new[] { "backend", "celery_worker" })
                Stack.CameBefore(store, service);
    }

    [EndToEndFact]
    public async Task A8_queues_survive_a_restart_of_the_broker()
    {
        await Engine.AskAsync("stop", Project.Container("celery_worker"));
        var invoice = await Stack.PostAsync("/invoices", new { customer = "ada", cents = 1000 });
        await Engine.AskAsync("restart", Project.Container("rabbit"));
        await Project.IsAsync("rabbit", "healthy", 90);
        (await Stack.GetAsync($"/invoices/{invoice["id"]}")).Should().Contain("\"total\":null", "nobody has issued it");

        await Engine.AskAsync("start", Project.Container("celery_worker"));

        await Eventually.SeesAsync(
            "the issued invoice",
            TimeSpan.FromSeconds(60),
            () => Stack.GetAsync($"/invoices/{invoice["id"]}"),
            text => Total().IsMatch(text),
            () => Project.LogsAsync("celery_worker")
        );
        await Project.IsAsync("celery_worker", "healthy", 60);
    }

    [EndToEndFact]
    public async Task A9_a_service_that_ends_is_started_again()
    {
        var before = (await Project.ServicesAsync())["redis"];

        await Engine.AskAsync("exec", before.Id, "sh", "-c", "kill -TERM 1");

        await Eventually.SeesAsync(
            "redis started again",
            TimeSpan.FromSeconds(60),
            async () => (await Project.ServicesAsync())["redis"],
            now => now.Started != before.Started && now.State == "healthy"
        );
    }

    [EndToEndFact]
    public async Task A12_status_shows_every_service_healthy_and_logs_can_be_followed()
    {
        await Project.IsAsync("backend", "healthy", 60);
        CommandResult status = await Project.InfraAsync("status", "hexagonal");
        // Nothing of what was, so that only what follows can be seen.
        using var logs = Project.Start("logs", "hexagonal", "-f", "--tail", "0");

        status.ExitCode.Should().Be(0, status.ToString());
        status.Output.Split('\n').Count(line => line.Contains(" healthy ", StringComparison.Ordinal)).Should().Be(5, status.ToString());
        await Eventually.SeesAsync("a request in the followed log", TimeSpan.FromSeconds(40), async () =>
        {
            await Stack.GetAsync("/followed");
            return logs.Output;
        }, said => said.Contains("/followed", StringComparison.Ordinal));
    }

    private async Task<long?> IssuedAsync()
    {
        var invoice = await Stack.PostAsync("/invoices", new { customer = "ada", cents = 1000 });
        var text = await Eventually.SeesAsync(
            "an invoice issued by the worker",
            TimeSpan.FromSeconds(40),
            () => Stack.GetAsync($"/invoices/{invoice["id"]}"),
            text => Total().IsMatch(text),
            () => Project.LogsAsync("celery_worker")
        );
        return long.Parse(Total().Match(text).Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Put(string name)
    {
        var path = Project.PathOf("samples", "hexagonal", "shared", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }

    private Task EditAsync(string file, string from, string to)
    {
        var path = Project.PathOf("samples", "hexagonal", file);
        var text = File.ReadAllText(path);
        text.Should().Contain(from);
        return File.WriteAllTextAsync(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    [GeneratedRegex("\"total\":([0-9]+)")]
    private static partial Regex Total();

    private async Task<string> ImageAsync(string service) =>
        (await Engine.InspectAsync((await Project.ServicesAsync())[service].Id))["Image"]!.GetValue<string>();
}
