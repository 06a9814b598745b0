using System.Text.RegularExpressions;
using Infra.Components;
using Infra.Model;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using Pulumi;
using Pulumi.Testing;

namespace Infra.Tests.Stacks;

public sealed partial class StackProgramsTests
{
    [Theory]
    [InlineData("dev", ImageSource.Registry)]
    [InlineData("prod", ImageSource.Registry)]
    [InlineData("dev", ImageSource.Debian)]
    public async Task The_real_run_registers_the_services_that_were_gathered(string environment, ImageSource images)
    {
        var settings = Text($"config:\n  infra:environment: {environment}\n  infra:services: {{flower: {{}}}}\n");
        var mocks = new RecordingMocks();

        var topology = await StackFactory.GatherAsync(settings, images);
        await Deployment.TestWithServiceProviderAsync<Stack>(mocks,
            StackFactory.Provider(() => StackFactory.Make(new ContainerHost(settings.Naming, new FakeSecrets()), settings, images)),
            new TestOptions { ProjectName = "shop", StackName = "dev", RootDirectory = StackRun.Root });

        mocks
            .Inputs.Keys.Where(resource => resource.Type.StartsWith("infra:components:", StringComparison.Ordinal) && resource.Type != AppImage.Kind)
            .Should()
            .BeEquivalentTo(topology.Services.Select(service => (service.Kind, service.Name)));
        mocks
            .Inputs.Keys.Where(resource =>
                resource.Type == "docker:index/container:Container"
                && !resource.Name.EndsWith("-files", StringComparison.Ordinal)
                && !resource.Name.EndsWith("-password", StringComparison.Ordinal)
                && !resource.Name.EndsWith("-volumes", StringComparison.Ordinal)
                && !resource.Name.Contains("-to-", StringComparison.Ordinal)
            )
            .Select(resource => Hash().Replace(resource.Name, ""))
            .Should()
            .BeEquivalentTo(topology.Services.Select(service => service.Name));
    }

    [Fact]
    public async Task Flower_runs_where_it_is_enabled()
    {
        var flower = (await GatherAsync("infra:services: {flower: {port: 5555}}")).Find("flower")!;

        flower.Ports.Should().Equal(new Port(Flower.Port, 5555));
        flower.WaitsFor.Select(wait => wait.Service).Should().BeEquivalentTo("postgres", "rabbitmq", "redis");
        (await GatherAsync("infra:services: {flower: {port: 5555, enabled: false}}")).Find("flower").Should().BeNull();
    }

    [Fact]
    public async Task Exported_secrets_reach_an_application_that_reads_no_files()
    {
        var web = (await GatherAsync("infra:app: {delivery: export, secrets: [STRIPE_KEY]}")).Find("web")!;

        web.Command.Should().StartWith(["sh", "-c"]);
        web.Command[2]
            .Should()
            .Contain("STRIPE_KEY=\"$(cat /run/secrets/stripe-key && echo .)\" || exit; export STRIPE_KEY=\"${STRIPE_KEY%.}\";")
            .And.Contain("DATABASE_URL=");
        web.Environment.Keys.Should().NotContain(variable => variable.EndsWith("_FILE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_are_files_by_default()
    {
        var web = (await GatherAsync("infra:app: {secrets: [STRIPE_KEY], environment: {LOG_LEVEL: debug}}")).Find("web")!;

        web.Environment["STRIPE_KEY_FILE"].ToString().Should().Be("/run/secrets/stripe-key");
        web.Environment["LOG_LEVEL"].ToString().Should().Be("debug");
        web.Files.Select(file => file.Name).Should().Contain("stripe-key");
    }

    [Fact]
    public async Task Syncing_mounts_nothing_and_watches_the_source()
    {
        var topology = await GatherAsync("infra:app: {reload: sync, source: [src, lib]}");

        foreach (var service in topology.Services.Where(service => service.IsApplication()))
        {
            service.Mounts.OfType<BindMount>().Should().BeEmpty();
            service
                .Watch.Where(rule => rule.Action == WatchAction.Sync)
                .Select(rule => (rule.Path, rule.Target))
                .Should()
                .Equal(("app/src", "/app/src"), ("app/lib", "/app/lib"));
        }
    }

    [Fact]
    public async Task Volumes_of_ones_own_are_mounted_in_every_service_of_the_application()
        => (await GatherAsync("infra:app: {volumes: {media: /app/media}}")).Services
            .Where(service => service.Mounts.OfType<VolumeMount>().Any(mount => mount.Volume.Name == "media" && mount.Target == "/app/media"))
            .Select(service => service.Name).Should().Equal("web", "worker", "beat");

    [Fact]
    public async Task A_workers_grace_is_what_its_setting_says()
        => (await GatherAsync("infra:services: {worker: {graceSeconds: 90}}")).Find("worker")!.StopGrace.Should().Be(TimeSpan.FromSeconds(90));

    [Fact]
    public async Task The_proxy_hides_what_its_setting_says() =>
        (await StackFactory.GatherAsync(Text("config:\n  infra:environment: prod\n  infra:proxy: {sites: {localhost: {hidden: [/private]}}}\n")))
            .Find("proxy")!
            .Files.Single()
            .Content.ToString()
            .Should()
            .Contain("@hidden path /private /private/*");

    [Fact]
    public async Task The_variables_names_are_the_applications()
        => (await GatherAsync("infra:app: {environment: {DB: \"{postgres.url}\", OUT: \"{redis.url/1}\"}}")).Find("web")!.Environment.Keys
            .Should().Contain(["DB_FILE", "OUT_FILE"]).And.NotContain("DATABASE_URL_FILE");

    // What starts first is named after what it is made from.
    [GeneratedRegex("-[0-9a-f]{8}$")]
    private static partial Regex Hash();

    private static Settings Text(string yaml) => SettingsOf.Text(yaml);

    private static Task<Topology> GatherAsync(string line) => StackFactory.GatherAsync(Text($"config:\n  infra:environment: dev\n  {line}\n"));
}
