namespace Infra.Tests.EndToEnd;

/// <summary>What becomes of a worker's tasks when an edit starts it anew.</summary>
public sealed class ReloadedTasksTests(DevStack stack) : EndToEndTest(stack)
{
    private const string Sleep = "shop.tasks.sleep";

    [EndToEndFact]
    public async Task A_task_in_hand_is_brought_to_its_end_while_the_new_code_does_the_others()
    {
        await using var connection = await Broker.ConnectAsync(Stack);
        await using var channel = await connection.CreateChannelAsync();
        // As long as it takes, however slow the machine is, and not a minute beyond what goes wrong.
        var enough = $"/tmp/{Guid.NewGuid():N}";
        var task = await Broker.SendAsync(channel, Sleep, [60, enough]);
        await IsAsync(task, "STARTED");

        await EditedAsync(async () =>
        {
            await IsAsync(await Broker.SendAsync(channel, Sleep, [0]), "SUCCESS");
            (await StateAsync(task)).Should().Be("STARTED");
            await Engine.AskAsync("exec", Project.Container("worker"), "touch", enough);
        });

        await IsAsync(task, "SUCCESS");
        var log = await LogAsync();
        (Count(log, $"[{task}] received"), Count(log, $"[{task}] succeeded")).Should().Be((1, 1), log);
    }

    [EndToEndFact]
    public async Task Tasks_that_come_while_the_worker_is_started_anew_are_each_done_once()
    {
        await using var connection = await Broker.ConnectAsync(Stack);
        await using var channel = await connection.CreateChannelAsync();
        var tasks = new List<string>();
        using var over = new CancellationTokenSource();
        var sending = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                tasks.Add(await Broker.SendAsync(channel, Sleep, [0]));
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        });
        await EditedAsync(() => EditedAsync(() => Task.CompletedTask));
        await over.CancelAsync();
        await sending;

        foreach (var task in tasks) await IsAsync(task, "SUCCESS");

        var log = await LogAsync();
        tasks.Should().HaveCountGreaterThan(10);
        tasks.Where(task => Count(log, $"[{task}] succeeded") != 1).Should().BeEmpty(log);
    }

    // Edits what the worker runs, does something once the new start is ready, and takes the edit back.
    private async Task EditedAsync(Func<Task> then)
    {
        var file = Project.PathOf("app", "src", "shop", "tasks.py");
        var text = await File.ReadAllTextAsync(file);
        try
        {
            await StartsAnewAsync(() => File.WriteAllTextAsync(file, text + "# edited\n"));
            await then();
        }
        finally
        {
            await StartsAnewAsync(() => File.WriteAllTextAsync(file, text));
        }
    }

    private async Task StartsAnewAsync(Func<Task> edit)
    {
        var before = Count(await LogAsync(), " ready.");
        await edit();
        await Eventually.SeesAsync(
            "the worker started anew",
            TimeSpan.FromSeconds(30),
            async () => Count(await LogAsync(), " ready."),
            ready => ready > before,
            LogAsync
        );
    }

    private Task<string?> IsAsync(string task, string state) =>
        Eventually.SeesAsync($"the task {task} {state}", TimeSpan.FromSeconds(30), () => StateAsync(task), seen => seen == state, LogAsync);

    private async Task<string?> StateAsync(string task) => (await Shop.TaskAsync(task))["state"]?.GetValue<string>();

    private async Task<string> LogAsync() => (await Engine.TryAsync("logs", Project.Container("worker"))).ToString();

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
