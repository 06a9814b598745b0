using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd;

public sealed class ReloadTests(DevStack stack, Edits edits, ITestOutputHelper output) : EndToEndTest(stack), IClassFixture<Edits>
{
    [EndToEndFact]
    public void An_edit_is_live_in_web_in_under_one_second() => Median("web", edits.Web).Should().BeLessThan(1);

    [EndToEndFact]
    public void An_edit_is_live_in_an_idle_worker_in_under_one_and_a_half_seconds() => Median("worker", edits.Worker).Should().BeLessThan(1.5);

    private double Median(string service, List<double> seconds)
    {
        var sorted = seconds.Order().ToArray();
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        output.WriteLine(FormattableString.Invariant($"{service}: median {median:0.00} s of {string.Join(", ", seconds.Select(value => FormattableString.Invariant($"{value:0.00}")))}"));
        return median;
    }
}
