using System.Text.RegularExpressions;
using Infra.Components;
using Infra.Components.Monitoring;
using Infra.Model;

namespace Infra.Tests.Components;

public sealed class GrafanaTests
{
    private static readonly ServiceSpec Metrics = Prometheus.Describe("prometheus", new() { Scrapes = [] });
    private static readonly ServiceSpec Alerts = Alertmanager.Describe("alertmanager", new());
    private static readonly ServiceSpec Spec = Grafana.Describe(
        "grafana",
        new()
        {
            Password = new("grafana-password"),
            Prometheus = Metrics,
            Alertmanager = Alerts,
            Port = 3000,
        }
    );

    [Fact]
    public void Lets_in_nobody_without_the_password_which_is_a_file()
    {
        Spec.Environment["GF_SECURITY_ADMIN_PASSWORD"].ToString().Should().Be("$__file{/run/secrets/grafana-password}");
        Spec.Environment.Keys.Should()
            .NotContain(
                name => name.EndsWith("__FILE", StringComparison.Ordinal),
                "the image's script would put the value there before Grafana expands it"
            );
        Spec.Environment["GF_USERS_ALLOW_SIGN_UP"].ToString().Should().Be("false");
        Spec.Environment["GF_AUTH_ANONYMOUS_ENABLED"].ToString().Should().Be("false");
        Spec.Ports.Should().OnlyContain(port => port.IsLoopback);
    }

    [Theory]
    [InlineData("pa$$w0rd$")]
    [InlineData("a${HOSTNAME}b")]
    [InlineData("$__env{HOSTNAME}")]
    [InlineData("$__file{/etc/hostname}")]
    [InlineData("p@ss w/rd#%$\"'\\x;")]
    public void Gets_a_password_as_it_is_whatever_a_value_of_its_configuration_would_be_expanded_to(string password)
    {
        var file = Spec.Files.Single(file => file.IsSecret);
        var written = file.Content.Render(_ => password).Text!;

        Expanded(Spec.Environment["GF_SECURITY_ADMIN_PASSWORD"].ToString(), new() { [file.Path] = written, ["/etc/hostname"] = "elsewhere" })
            .Should()
            .Be(password);
        Expanded(password, new() { ["/etc/hostname"] = "elsewhere" })
            .Should()
            .Match(value => value == password || password.Contains('{'), "else the stand-in expands nothing");
        ((SecretValue)password).Problem([SecretForm.Ini]).Should().BeNull();
    }

    [Theory]
    [InlineData("50%(admin_user)s", false)]
    [InlineData("50%(off", true)]
    [InlineData("100%", true)]
    public void Refuses_a_password_in_which_it_would_put_another_setting(string password, bool isFine) =>
        (((SecretValue)password).Problem([.. Spec.Files.SelectMany(file => file.Content.FormsOf(new("grafana-password")))]) is null)
            .Should()
            .Be(isFine);

    // As Grafana documents it: variables of the environment first, then files, each value once.
    private static string Expanded(string value, Dictionary<string, string> files)
    {
        value = Regex.Replace(value, @"\$(__env)?\{([^}]+)\}", "machine");
        return Regex.Replace(value, @"\$__file\{([^}]+)\}", place => files[place.Groups[1].Value].Trim());
    }

    [Fact]
    public void Knows_its_data_sources_from_a_file()
        => Spec.Files.Single(file => file.Name == "provisioning/datasources/sources.yaml").Content.ToString().Should().Be("""
            apiVersion: 1
            datasources:
              - name: Prometheus
                uid: prometheus
                type: prometheus
                access: proxy
                url: http://prometheus:9090
                isDefault: true
                jsonData:
                  timeInterval: 15s
              - name: Alertmanager
                uid: alertmanager
                type: alertmanager
                access: proxy
                url: http://alertmanager:9093
                jsonData:
                  implementation: prometheus

            """);

    [Fact]
    public void Shows_the_dashboards_of_a_folder_and_lets_nobody_change_them()
    {
        Spec.Files.Single(file => file.Name == "provisioning/dashboards/dashboards.yaml").Content.ToString()
            .Should().Contain("allowUiUpdates: false").And.Contain("path: /run/configs/dashboards");
        Spec.Files.Where(file => file.Name.StartsWith("dashboards/", StringComparison.Ordinal)).Should().HaveCount(MonitoringFiles.Dashboards.Count);
    }

    [Fact]
    public void Has_time_to_make_its_database_before_a_probe_counts() => Spec.Health!.StartPeriod.Should().Be(TimeSpan.FromMinutes(3));

    [Fact]
    public void Waits_for_what_it_shows() => Spec.WaitsFor.Should().Equal(new Wait("prometheus"));
}
