using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class WebTests
{
    private static readonly ServiceSpec Database = Postgres.Describe("postgres", new() { Password = new("pg") });

    private static readonly WebArgs Args = new()
    {
        Image = Specs.App,
        Needs = [Database.As("DATABASE_URL")],
        Command = ["uvicorn", "shop.main:app"],
    };

    private static readonly ServiceSpec Spec = Web.Describe("web", Args);

    [Fact]
    public void Runs_its_command_in_the_applications_image_without_capabilities()
    {
        Spec.Image.Should().Be(Specs.App);
        Spec.Role.Should().Be(ServiceRole.Web);
        Spec.Command.Should().Equal("uvicorn", "shop.main:app");
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.User.Should().BeNull("the image says who");
    }

    [Fact]
    public void Is_bounded_as_it_is_told()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(512), null, Cpu.Cores(1), 256));
        var told = Web.Describe(
            "web",
            Args with { Memory = Size.GiB(1), ReservedMemory = Size.MiB(300), Cpus = Cpu.Cores(2), ReservedCpus = Cpu.Cores(0.5m) }
        );
        told.Limits().Should().Be(new Limits(Size.GiB(1), Size.MiB(300), Cpu.Cores(2), 256));
        told.ReservedCpus.Should().Be(Cpu.Cores(0.5m));
    }

    [Fact]
    public void Is_healthy_when_its_health_path_answers_on_its_port()
    {
        Spec.Health!.Test[^1].Should().Contain("create_connection(('127.0.0.1', 8000)").And.Contain("GET /ready HTTP/1.0");
        Web.Describe("web", Args with { ContainerPort = 9000, HealthPath = "/up" }).Health!.Test[^1]
            .Should().Contain("create_connection(('127.0.0.1', 9000)").And.Contain("GET /up HTTP/1.0");
    }

    [Fact]
    public void Can_be_asked_by_curl_or_by_urllib_instead_of_a_bare_socket()
    {
        Spec.Health!.Test[0].Should().Be("python3");
        Web.Describe("web", Args with { Probe = HttpProbeKind.Curl }).Health!.Test.Should().Equal("curl", "-f", "http://localhost:8000/ready");
        Web.Describe("web", Args with { Probe = HttpProbeKind.Urllib }).Health!.Test[^1]
            .Should().Contain("urllib.request.urlopen('http://localhost:8000/ready'");
    }

    [Fact]
    public void Is_probed_as_patiently_as_it_is_told()
        => Web.Describe("web", Args with { Timing = ProbeTiming.Seconds(30, 7, 5, 120) }).Health.Should().BeEquivalentTo(
            new
            {
                Interval = TimeSpan.FromSeconds(30),
                Timeout = TimeSpan.FromSeconds(7),
                Retries = 5,
                StartPeriod = TimeSpan.FromSeconds(120),
            }
        );

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        Web.Describe("web", Args with { ContainerPort = 9000, Port = 18000 }).Ports.Should().Equal(new Port(9000, 18000));
    }

    [Fact]
    public void Others_learn_where_it_is_and_what_to_ask_for_its_health()
    {
        var endpoint = Web.Describe("web", Args with { ContainerPort = 9000, HealthPath = "/up" }).Endpoint!;

        endpoint.Url().ToString().Should().Be("http://web:9000");
        endpoint.HealthPath.Should().Be("/up");
    }

    [Fact]
    public void Is_on_the_networks_that_it_is_told()
    {
        Spec.NetworkNames().Should().Equal("default");
        Web.Describe("web", Args with { Networks = [new Network("app"), new Network("data")] }).NetworkNames().Should().Equal("app", "data");
    }

    [Fact]
    public void Waits_for_what_it_needs_and_comes_after_what_it_is_told()
    {
        Spec.WaitsFor.Should().Equal(new Wait("postgres"));
        Web.Describe("web", Args with { After = [Specs.Web("auth"), Specs.Job("migrate")] }).WaitsFor
            .Should().Equal(new Wait("postgres"), new Wait("auth"), new Wait("migrate", WaitCondition.Completed));
    }

    [Fact]
    public void Finds_what_it_needs_and_its_own_secrets_in_files()
    {
        var spec = Web.Describe("web", Args with { Secrets = Args.Secrets.Add("STRIPE_KEY", new Secret("stripe")) });

        spec.SecretFiles().Should().Equal("/run/secrets/database-url", "/run/secrets/stripe-key");
        spec.Variable("DATABASE_URL_FILE").Should().Be("/run/secrets/database-url");
        spec.Variable("STRIPE_KEY_FILE").Should().Be("/run/secrets/stripe-key");
        spec.Environment.Values.Should().NotContain(value => value.HasSecrets);
    }

    [Fact]
    public void Keeps_nothing_but_what_it_is_given_a_mount_for()
    {
        Spec.Mounts.Should().Equal(new TmpfsMount("/tmp", Size.MiB(64)));
        Spec.StatePaths.Should().BeEmpty();
        var media = new VolumeMount(new Volume("media"), "/media");
        Web.Describe("web", Args with { Mounts = [media], Temporary = Size.MiB(200) }).Mounts
            .Should().Equal(media, new TmpfsMount("/tmp", Size.MiB(200)));
    }

    [Fact]
    public void Its_file_system_is_read_only_where_it_is_told()
    {
        Spec.ReadOnly.Should().BeFalse();
        Web.Describe("web", Args with { ReadOnly = true }).ReadOnly.Should().BeTrue();
    }

    [Fact]
    public void Behind_a_proxy_it_is_replaced_without_a_gap_and_believes_what_the_proxy_says_of_the_client()
    {
        var behind = Web.Describe("web", Args with { IsBehindProxy = true });

        behind.Replacement.Should().Be(Replacement.StartFirst);
        behind.Variable("FORWARDED_ALLOW_IPS").Should().Be("*");
        Spec.Replacement.Should().Be(Replacement.StopFirst);
        Spec.Variable("FORWARDED_ALLOW_IPS").Should().BeNull();
    }

    [Fact]
    public void Whom_it_believes_can_be_said_by_its_own_variable()
        => Web.Describe("web", Args with { IsBehindProxy = true, Environment = Variables.From(("FORWARDED_ALLOW_IPS", "10.0.0.1")) })
            .Variable("FORWARDED_ALLOW_IPS").Should().Be("10.0.0.1");

    [Fact]
    public void Has_half_a_minute_to_answer_its_last_requests() => Spec.StopGrace.Should().Be(TimeSpan.FromSeconds(30));

    [Fact]
    public void Offers_metrics_only_where_it_says_so()
    {
        Spec.Metrics.Should().BeEmpty();
        Web.Describe("web", Args with { ContainerPort = 80, MetricsPath = "/m" }).Metrics.Should().Equal(new MetricsEndpoint(80, "/m"));
    }
}
