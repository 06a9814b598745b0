using System.Diagnostics;

namespace Infra.Tests.EndToEnd;

/// <summary>Looks again and again until what is seen is right, or the time is over.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for it.</summary>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="limit">How long.</param>
    /// <param name="look">Sees the present state.</param>
    /// <param name="isRight">Whether that is it.</param>
    /// <param name="logs">What helps to understand why it did not come.</param>
    /// <param name="pause">The pause between two looks.</param>
    public static async Task<T> SeesAsync<T>(
        string what, TimeSpan limit, Func<Task<T>> look, Func<T, bool> isRight, Func<Task<string>>? logs = null, TimeSpan? pause = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (isRight(seen)) return seen;
            if (clock.Elapsed > limit)
                Assert.Fail($"{what}: not within {limit.TotalSeconds:0.#} s. Last seen: {seen}\n{(logs is null ? "" : await logs())}");
            await Task.Delay(pause ?? Pause);
        }
    }
}
