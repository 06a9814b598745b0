using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd;

public sealed class ReloadTests(DevStack stack, Edits edits, ITestOutputHelper output) : EndToEndTest(stack), IClassFixture<Edits>
{
    [EndToEndFact]
    public void An_edit_is_live_in_web_in_under_one_second() => Median("web", edits.Web).Should().BeLessThan(1 * edits.Machine.Slowness);

    [EndToEndFact]
    public void An_edit_is_live_in_an_idle_worker_in_under_one_second() =>
        Median("worker", edits.Worker).Should().BeLessThan(1 * edits.Machine.Slowness);

    private double Median(string service, List<double> seconds)
    {
        var median = Yardstick.Median(seconds);
        var each = string.Join(", ", seconds.Select(value => FormattableString.Invariant($"{value:0.00}")));
        output.WriteLine(
            FormattableString.Invariant(
                $"{service}: median {median:0.00} s of {each}; the machine is {edits.Machine.Slowness:0.00} times slower than idle"
            )
        );
        return median;
    }
}
