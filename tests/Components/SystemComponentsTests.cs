using Infra.Components;
using Infra.Components.Debian;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class SystemComponentsTests
{
    private static readonly ServiceSpec Auth = Web.Describe("auth", new() { Image = Specs.App, Command = ["serve"], ContainerPort = 8001 });

    [Fact]
    public void They_break_no_rule() => Review.Run(Specs.Topology(
        LocalStack.Describe("localstack", new() { Services = ["sns"], Port = 4566 }),
        Ollama.Describe("ollama", new() { Port = 11434 }),
        Chroma.Describe("chroma", new()),
        Auth,
        Gateway.Describe("gateway", new() { Routes = [new("/auth", Auth)], Port = 8080 }))).Should().BeEmpty();

    [Fact]
    public void LocalStack_runs_what_is_named_and_nothing_else()
    {
        var variables = LocalStack.Describe("localstack", new() { Services = ["sns", "sqs"] }).Environment;

        variables["SERVICES"].ToString().Should().Be("sns,sqs");
        variables["STRICT_SERVICE_LOADING"].ToString().Should().Be("1", "without it a service that is not named starts when somebody asks for it");
    }

    [Fact]
    public void The_gateway_passes_a_path_on_without_it_and_bounds_bodies()
    {
        var gateway = Gateway.Describe("gateway", new() { Routes = [new("/auth", Auth)], Body = Size.MiB(1) });

        var configuration = gateway.Files.Single().Content.ToString();
        configuration
            .Should()
            .Contain("handle_path /auth/* {\n\t\treverse_proxy auth:8001")
            .And.Contain("redir /auth /auth/ 308")
            .And.Contain("max_size 1048576")
            .And.Contain("admin off");
        gateway.WaitsFor.Should().Equal(new Wait("auth"));
        gateway.Capabilities!.Add.Should().Equal(["NET_BIND_SERVICE"], "its program does not start without what it carries");
    }

    [Fact]
    public void The_gateway_believes_a_proxy_before_it_and_nobody_else()
    {
        var args = new GatewayArgs { Routes = [new("/auth", Auth)] };

        Configuration(args with { IsBehindProxy = true })
            .Should()
            .Contain("reverse_proxy auth:8001 {\n\t\t\ttrusted_proxies private_ranges\n\t\t}\n\t}");
        Configuration(args).Should().NotContain("trusted_proxies");

        static string Configuration(GatewayArgs args) => Gateway.Describe("gateway", args).Files.Single().Content.ToString();
    }

    [Fact]
    public void A_gateway_to_nowhere_is_told()
    {
        var describe = () => Gateway.Describe("gateway", new() { Routes = [new("/nowhere", Specs.Job())] });

        describe.Should().Throw<ArgumentException>().WithMessage("'migrate' offers no address, so /nowhere cannot lead to it.");
    }

    [Fact]
    public void Migrations_come_before_the_server_and_waits_before_both()
    {
        var web = Web.Describe("web", new()
        {
            Image = Specs.App,
            Command = ["gunicorn", "shop.wsgi"],
            First = ["python", "manage.py", "migrate"],
            StartupWaits = StartupWaits.For(30, new WaitTarget("db", "tcp://db:5432")),
            Delivery = SecretDelivery.Export,
            Secrets = System.Collections.Immutable.ImmutableSortedDictionary<string, Secret>.Empty.Add("KEY", new Secret("key")),
        });

        web.Command.Should().Equal(
            "sh", "-c", "KEY=\"$(cat /run/secrets/key && echo .)\" || exit; export KEY=\"${KEY%.}\"; exec \"$@\"", "--",
            "python3", "/run/configs/wait-for-services.py", "db:tcp://db:5432", "--timeout", "30", "--",
            "sh", "-c", "python manage.py migrate && exec \"$@\"", "--", "gunicorn", "shop.wsgi");
    }

    [Theory]
    [InlineData("/tmp/schedule", false)]
    [InlineData("/srv/beat/schedule", true)]
    public void Beats_schedule_is_kept_unless_it_lies_in_tmp(string schedule, bool isKept)
    {
        var beat = Beat.Describe("beat", new() { Image = Specs.App, App = "shop", Schedule = schedule, Volume = "kept" });

        beat.Mounts.OfType<VolumeMount>().Select(mount => mount.Volume.Name).Should().Equal(isKept ? ["kept"] : []);
        beat.StatePaths.Should().Equal(isKept ? ["/srv/beat"] : []);
    }

    [Fact]
    public void PostGIS_and_LocalStack_have_their_counterparts_from_Debian_and_Flower_has_none()
    {
        var database = DebianImages.Choose(Postgres.Describe("db", new() { Password = new("p"), Image = Images.PostGis }));
        var flower = Flower.Describe(
            "flower",
            new()
            {
                Image = new BuiltImage("app", "app") { DebianDockerfile = "debian.Dockerfile" },
                App = "shop",
            }
        );

        database!.Image.Should().BeOfType<BuiltImage>().Which.Base!.Tag.Should().Be("infra-debian/postgres:17");
        DebianImages.Choose(LocalStack.Describe("aws", new() { Services = ["sqs"] })).Should().NotBeNull();
        DebianImages.Choose(flower).Should().BeNull("its package is not there");
    }
}
