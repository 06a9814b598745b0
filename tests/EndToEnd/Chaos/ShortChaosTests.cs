using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>The same as the long tests, with few kills.</summary>
public sealed class ShortChaosTests(ChaosStack stack, ITestOutputHelper log) : ChaosTest(stack, log)
{
    // About what a command takes on a machine that does nothing else.
    private static readonly TimeSpan Up = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Restore = TimeSpan.FromSeconds(5);

    [EndToEndFact]
    public async Task What_is_killed_is_finished_by_the_next_up_and_loses_nothing()
    {
        await Stack.DownAsync();
        await KillAndConvergeAsync(0, Up, ["up", "dev"]);
        await KillChangeAsync(1, Up);
        var folder = await BackupAsync();
        await CutOffRestoreAsync(2, Restore, folder, await Entrusted.OfAsync(Project));
        await OrderAsync("a phoenix");
    }
}
