namespace Infra.Tests.Support;

public sealed class PromQlTests
{
    [Theory]
    [InlineData("up == 0", "up")]
    [InlineData("vector(1)", "")]
    [InlineData("sum by (job) (rate(http_requests_total{status=~\"5..\", a!=\"b}c\"}[5m])) / sum(rate(a:b[5m])) > 0.05", "http_requests_total a:b")]
    [InlineData("histogram_quantile(0.95, sum by (le) (rate(x_bucket[$__rate_interval])))", "x_bucket")]
    [InlineData("a and on (job, queue) b == 0 or vector(0)", "a b")]
    [InlineData("topk(10, sum without (x) (a)) > 1e3 unless b offset 5m", "a b")]
    public void Finds_the_metrics_and_nothing_else(string expression, string metrics)
        => PromQl.Metrics(expression).Should().Equal(metrics.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
