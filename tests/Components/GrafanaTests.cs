using System.Text.RegularExpressions;
using Infra.Components;
using Infra.Components.Monitoring;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class GrafanaTests
{
    private static readonly ServiceSpec Metrics = Prometheus.Describe("prometheus", new() { Scrapes = [] });
    private static readonly ServiceSpec Alerts = Alertmanager.Describe("alertmanager", new());
    private static readonly GrafanaArgs Args = new() { Password = new("grafana-password"), Prometheus = Metrics };
    private static readonly ServiceSpec Spec = Grafana.Describe("grafana", Args);

    [Fact]
    public void Runs_as_its_images_user_without_capabilities_and_writes_to_its_volume_alone()
    {
        Spec.Should().BeEquivalentTo(new { Role = ServiceRole.Monitoring, User = "472:0", ReadOnly = true });
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.Mounts.OfType<TmpfsMount>().Should().Equal(new TmpfsMount("/tmp", Size.MiB(64)));
        Spec.StatePaths.Should().Equal("/var/lib/grafana");
    }

    [Theory]
    [InlineData(null, "grafana")]
    [InlineData("drawings", "drawings")]
    public void Keeps_what_was_drawn_by_hand_on_a_volume(string? given, string volume)
    {
        var kept = Grafana.Describe("grafana", Args with { Volume = given }).Mounts.OfType<VolumeMount>().Should().ContainSingle().Subject;

        kept.Should().BeEquivalentTo(new { Target = "/var/lib/grafana", Volume = new { Name = volume, HoldsState = true } });
        kept.Volume.LeftOut.Should().NotBeNull("a backup leaves it out and says why");
    }

    [Fact]
    public void Runs_the_image_that_it_is_given()
    {
        Spec.Image.Should().Be(Images.Grafana);
        Grafana.Describe("grafana", Args with { Image = new("example/grafana", "1.2.3") }).Image
            .Should().Be(new PinnedImage("example/grafana", "1.2.3"));
    }

    [Fact]
    public void Keeps_half_of_its_memory_reserved()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(512), Size.MiB(256), Cpu.Cores(0.5m), 256));
        Grafana.Describe("grafana", Args with { Memory = Size.MiB(300), Cpus = Cpu.Cores(1) }).Limits()
            .Should().Be(new Limits(Size.MiB(300), Size.MiB(150), Cpu.Cores(1), 256));
    }

    [Fact]
    public void Is_asked_by_wget_whether_it_is_healthy()
        => Spec.Health!.Test.Should().Equal("wget", "-q", "-T", "4", "-O", "/dev/null", "http://127.0.0.1:3000/api/health");

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        Grafana.Describe("grafana", Args with { Port = 13000 }).Ports.Should().Equal(new Port(3000, 13000));
    }

    [Fact]
    public void Is_on_the_network_of_those_that_watch()
    {
        Spec.NetworkNames().Should().Equal("monitoring");
        Spec.Endpoint!.Url().ToString().Should().Be("http://grafana:3000");
    }

    [Fact]
    public void Calls_nobody_outside_the_stack()
    {
        Spec.Variable("GF_ANALYTICS_REPORTING_ENABLED").Should().Be("false");
        Spec.Variable("GF_ANALYTICS_CHECK_FOR_UPDATES").Should().Be("false");
        Spec.Variable("GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES").Should().Be("false");
        Spec.Variable("GF_PLUGINS_PREINSTALL_DISABLED").Should().Be("true");
    }

    [Fact]
    public void Lets_in_nobody_without_the_password_which_is_a_file()
    {
        Spec.SecretFiles().Should().Equal("/run/secrets/grafana-password");
        Spec.Variable("GF_SECURITY_ADMIN_PASSWORD").Should().Be("$__file{/run/secrets/grafana-password}");
        Spec.Environment.Keys.Should()
            .NotContain(
                name => name.EndsWith("__FILE", StringComparison.Ordinal),
                "the image's script would put the value there before Grafana expands it"
            );
        Spec.Variable("GF_USERS_ALLOW_SIGN_UP").Should().Be("false");
        Spec.Variable("GF_AUTH_ANONYMOUS_ENABLED").Should().Be("false");
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
        => Grafana.Describe("grafana", Args with { Alertmanager = Alerts }).Text("provisioning/datasources/sources.yaml").Should().Be("""
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
    public void Shows_no_alerts_where_nothing_manages_them() => Spec.Text("provisioning/datasources/sources.yaml").Should().NotContain("lertmanager");

    [Fact]
    public void Looks_no_closer_than_Prometheus_scrapes()
        => Grafana.Describe("grafana", Args with { Interval = TimeSpan.FromSeconds(60) }).Text("provisioning/datasources/sources.yaml")
            .Should().Contain("timeInterval: 60s\n");

    [Fact]
    public void Shows_the_dashboards_of_a_folder_and_lets_nobody_change_them()
    {
        Spec.Variable("GF_PATHS_PROVISIONING").Should().Be("/run/configs/provisioning");
        Spec.Text("provisioning/dashboards/dashboards.yaml").Should().Contain("allowUiUpdates: false").And.Contain("path: /run/configs/dashboards");
        Dashboards(Spec).Should().HaveCount(MonitoringFiles.Dashboards.Count);
    }

    [Fact]
    public void Shows_the_dashboards_that_it_is_given()
        => Dashboards(Grafana.Describe("grafana", Args with { Dashboards = MonitoringFiles.Dashboards.Clear().Add("mine.json", "{}") }))
            .Should().Equal("/run/configs/dashboards/mine.json");

    [Fact]
    public void Has_time_to_make_its_database_before_a_probe_counts() => Spec.Health!.StartPeriod.Should().Be(TimeSpan.FromMinutes(3));

    [Fact]
    public void Waits_for_what_it_shows() => Spec.WaitsFor.Should().Equal(new Wait("prometheus"));

    private static IEnumerable<string> Dashboards(ServiceSpec spec)
        => spec.Files.Select(file => file.Path).Where(path => path.StartsWith("/run/configs/dashboards/", StringComparison.Ordinal));
}
