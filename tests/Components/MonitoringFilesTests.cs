using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Components;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed partial class MonitoringFilesTests
{
    [Fact]
    public void Every_alert_says_what_is_wrong_how_grave_it_is_and_what_to_do()
    {
        WatchFiles.Alerts.Should().HaveCountGreaterThan(20);
        foreach (var alert in WatchFiles.Alerts)
        {
            alert.Severity.Should().BeOneOf("critical", "warning", "none");
            alert.Annotations.Should().ContainKey("summary", alert.Name);
            (alert.Annotations.ContainsKey("action") || alert.Severity == "none").Should().BeTrue(alert.Name);
        }

        WatchFiles.Alerts.Select(alert => alert.Name).Should().OnlyHaveUniqueItems();
    }

    // What they prove is proven by promtool, in the end-to-end suite.
    [Fact]
    public void Every_alert_has_a_test_in_which_it_fires_and_one_in_which_it_does_not()
    {
        foreach (var file in WatchFiles.Alerts.Where(alert => alert.Severity != "none").GroupBy(alert => alert.File))
        {
            var tests = File.ReadAllText(
                Repository.PathOf("tests", "Components", "Monitoring", "rules", Path.ChangeExtension(file.Key, ".test.yaml"))
            );
            var cases = Case().Matches(tests).Select(match => (Alert: match.Groups[1].Value, Fires: match.Groups[2].Value != "[]")).ToHashSet();
            foreach (var alert in file) cases.Should().Contain([(alert.Name, true), (alert.Name, false)]);
        }
    }

    [Fact]
    public void There_is_a_dashboard_for_each_part_and_every_query_asks_the_one_data_source()
    {
        WatchFiles.Dashboards.Keys.Should().Equal("application.json", "celery.json", "postgres.json", "rabbitmq.json", "redis.json", "system.json");
        foreach (var (file, dashboard) in WatchFiles.Dashboards)
        {
            $"{dashboard["uid"]}.json".Should().Be(file);
            var panels = dashboard["panels"]!.AsArray();
            panels.Select(panel => panel!["id"]!.GetValue<int>()).Should().OnlyHaveUniqueItems(file);
            panels
                .SelectMany(panel => panel!["targets"]!.AsArray())
                .Select(target => target!["datasource"]!["uid"]!.GetValue<string>())
                .Should()
                .OnlyContain(uid => uid == Grafana.DataSource);
        }
    }

    [Fact]
    public void Panels_lie_side_by_side()
    {
        foreach (var (file, dashboard) in WatchFiles.Dashboards)
        {
            var cells = dashboard["panels"]!.AsArray().SelectMany(panel => Cells(panel!["gridPos"]!)).ToArray();
            cells.Should().OnlyHaveUniqueItems(file).And.OnlyContain(cell => cell.X < 24);
        }
    }

    private static IEnumerable<(int X, int Y)> Cells(JsonNode place)
    {
        var (x, y, width, height) = (
            place["x"]!.GetValue<int>(),
            place["y"]!.GetValue<int>(),
            place["w"]!.GetValue<int>(),
            place["h"]!.GetValue<int>()
        );
        return from column in Enumerable.Range(x, width) from row in Enumerable.Range(y, height) select (column, row);
    }

    [GeneratedRegex("""alertname="(\w+)", alertstate="firing"}\)\s+eval_time: \w+\s+exp_samples: (\[.{0,2})""")]
    private static partial Regex Case();
}
