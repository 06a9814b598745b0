using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using RabbitMQ.Client;

namespace Infra.Tests.EndToEnd;

/// <summary>
/// Edits the application ten times and measures how long each edit takes to be live.
/// It measures in web, and in a worker that has nothing to do.
/// </summary>
public sealed partial class Edits(DevStack stack) : IAsyncLifetime
{
    private const int Count = 10;
    private const string Task = "shop.tasks.show_edition";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, string> originals = [];
    private volatile int seenByWorker = -1;

    private Project Project => stack.Project;

    internal List<double> Web { get; } = [];

    internal List<double> Worker { get; } = [];

    internal Yardstick Machine { get; private set; } = new("");

    public async Task InitializeAsync()
    {
        if (DevStack.IsSkipped) return;
        await stack.EnsureWellAsync();
        // Two readers of one constant: what is edited from then on is this file alone.
        Write("edition.py", "EDITION = 0\n");
        Append(
            "main.py",
            "\n\n@app.get(\"/edition\")\nasync def show_edition() -> int:\n    from shop.edition import EDITION\n\n    return EDITION\n"
        );
        Append(
            "tasks.py",
            $"\n\n@app.task(name=\"{Task}\", ignore_result=True)\ndef show_edition() -> int:\n"
                + "    from shop.edition import EDITION\n\n    return EDITION\n"
        );
        using var logs = Program.Start("docker", ["logs", "--follow", "--tail", "0", Project.Container("worker")], onLine: Read);
        await using var connection = await Broker.ConnectAsync(stack);
        await using var channel = await connection.CreateChannelAsync();
        Machine = new Yardstick(Project.Container("web"));
        await MeasureAsync(0, channel, Stopwatch.StartNew());
        for (var edition = 1; edition <= Count; edition++)
        {
            var clock = Stopwatch.StartNew();
            Write("edition.py", $"EDITION = {Text(edition)}\n");
            var (web, worker) = await MeasureAsync(edition, channel, clock);
            Web.Add(web);
            Worker.Add(worker);
            await Machine.MeasureAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (originals.Count == 0) return;
        foreach (var (file, text) in originals) await File.WriteAllTextAsync(PathOf(file), text);
        File.Delete(PathOf("edition.py"));
        await Eventually.SeesAsync(
            "the application as it was",
            Limit,
            () => stack.Shop.GetAsync("/edition"),
            answer => answer.Contains("Not Found", StringComparison.Ordinal)
        );
    }

    private async Task<(double Web, double Worker)> MeasureAsync(int edition, IChannel channel, Stopwatch clock)
    {
        var web = LiveInWebAsync(edition, clock);
        var worker = LiveInWorkerAsync(edition, channel, clock);
        return (await web, await worker);
    }

    private async Task<double> LiveInWebAsync(int edition, Stopwatch clock)
    {
        await Eventually.SeesAsync(
            $"edit {Text(edition)} live in web",
            Limit,
            () => stack.Shop.GetAsync("/edition"),
            answer => answer == Text(edition),
            () => Project.LogsAsync("web"),
            TimeSpan.FromMilliseconds(10)
        );
        return clock.Elapsed.TotalSeconds;
    }

    // A task every 100 ms asks the worker; its answer is read from the log as it comes.
    private async Task<double> LiveInWorkerAsync(int edition, IChannel channel, Stopwatch clock)
    {
        var asked = TimeSpan.FromSeconds(-1);
        await Eventually.SeesAsync($"edit {Text(edition)} live in worker", Limit, async () =>
        {
            if (seenByWorker != edition && clock.Elapsed - asked > TimeSpan.FromMilliseconds(100))
            {
                asked = clock.Elapsed;
                await Broker.SendAsync(channel, Task, [], ignoreResult: true);
            }

            return seenByWorker;
        }, seen => seen == edition, () => Project.LogsAsync("worker"), TimeSpan.FromMilliseconds(5));
        return clock.Elapsed.TotalSeconds;
    }

    private void Read(string line)
    {
        if (Answer().Match(line) is { Success: true } found) seenByWorker = int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    private void Append(string file, string text)
    {
        originals[file] = File.ReadAllText(PathOf(file));
        Write(file, originals[file] + text);
    }

    private void Write(string file, string text) => File.WriteAllText(PathOf(file), text);

    private string PathOf(string file) => Project.PathOf("app", "src", "shop", file);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"show_edition\[.*succeeded in .*: (\d+)")]
    private static partial Regex Answer();
}
