using System.Diagnostics;
using System.Globalization;

namespace Infra.Bench;

/// <summary>
/// Requests to several addresses in turns, as many at a time as there are clients, over connections that are kept: what each round gives is
/// compared with the first address in the same round, so that what else the machine does counts for both.
/// </summary>
/// <param name="seconds">How long a round of one address takes.</param>
/// <param name="clients">How many requests are on their way at any time.</param>
/// <param name="rounds">How many rounds there are.</param>
internal sealed class ProxyLoad(int seconds, int clients, int rounds)
{
    /// <summary>Prints a row for each address: medians over the rounds, and each beside the first address of its round.</summary>
    /// <param name="subjects">The addresses, and the container whose processor time is counted, by what they are called.</param>
    public async Task RunAsync((string Name, Uri Address, string Container)[] subjects)
    {
        foreach (var (_, address, container) in subjects) await RoundAsync(address, container, 1);
        var rows = subjects.Select(_ => new List<Round>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            // Forth and back: neither is always the one after the other.
            foreach (var at in round % 2 == 0 ? Enumerable.Range(0, subjects.Length) : Enumerable.Range(0, subjects.Length).Reverse())
                rows[at].Add(await RoundAsync(subjects[at].Address, subjects[at].Container, seconds));
        }

        foreach (var (name, own) in subjects.Select(subject => subject.Name).Zip(rows))
        {
            string Beside(Func<Round, double> figure) =>
                Median(own.Zip(rows[0], (one, first) => figure(one) / figure(first))).ToString("0.00", Invariant);
            Console.WriteLine(string.Create(Invariant,
                $"{name,-44} {Median(own.Select(round => round.PerSecond)),6:0}/s {Beside(round => round.PerSecond)}   "
                + $"{Median(own.Select(round => round.Middle)),6:0.00} ms {Beside(round => round.Middle)}   "
                + $"{Median(own.Select(round => round.Slow)),6:0.0} ms   {Median(own.Select(round => round.Processor)),5:0} µs "
                + $"{Beside(round => round.Processor)}   {own.Sum(round => round.Failed)} failed"));
        }
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private async Task<Round> RoundAsync(Uri address, string container, double time)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = clients });
        var before = Ticks(container);
        var clock = Stopwatch.StartNew();
        var failed = 0;
        var times = (await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(OneAfterTheOtherAsync))))
            .SelectMany(own => own).Order().ToArray();
        return new Round(times.Length / time, times[times.Length / 2], times[times.Length * 99 / 100],
            (Ticks(container) - before) * 10_000 / times.Length, failed);

        async Task<List<double>> OneAfterTheOtherAsync()
        {
            var own = new List<double>();
            while (clock.Elapsed.TotalSeconds < time)
            {
                var begun = Stopwatch.GetTimestamp();
                try
                {
                    using var answer = await http.GetAsync(address);
                    await answer.Content.ReadAsByteArrayAsync();
                    if (!answer.IsSuccessStatusCode) Interlocked.Increment(ref failed);
                }
                catch (HttpRequestException)
                {
                    Interlocked.Increment(ref failed);
                }

                own.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            return own;
        }
    }

    // The kernel's, hundredths of a second: user and system time of the processes in a container.
    private static double Ticks(string container)
    {
        using var cat = Process.Start(new ProcessStartInfo("docker", ["exec", container, "sh", "-c", "cat /proc/[0-9]*/stat"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return cat.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[(line.LastIndexOf(')') + 2)..].Split(' '))
            .Sum(fields => double.Parse(fields[11], Invariant) + double.Parse(fields[12], Invariant));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    /// <param name="PerSecond">Requests per second.</param>
    /// <param name="Middle">The median of their times, in milliseconds.</param>
    /// <param name="Slow">The 99th percentile.</param>
    /// <param name="Processor">The proxy's processor time for each, in microseconds.</param>
    /// <param name="Failed">How many failed.</param>
    private sealed record Round(double PerSecond, double Middle, double Slow, double Processor, int Failed);
}
