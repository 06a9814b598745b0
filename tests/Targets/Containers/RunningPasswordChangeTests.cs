using Infra.Components;
using Infra.Model;
using Infra.Targets;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using static Infra.Tests.Targets.Containers.Host;

namespace Infra.Tests.Targets.Containers;

/// <summary>Stores whose password is changed while they run: under Pulumi, a new value replaces what carries it, and not the store.</summary>
public sealed class RunningPasswordChangeTests
{
    private static readonly ServiceSpec Store = Redis.Describe("redis", new() { Password = new Secret("redis-password") });

    [Fact]
    public async Task The_files_with_it_come_by_a_carrier_of_their_own()
    {
        var store = Postgres.Describe("postgres", new() { Password = new Secret("pw") });
        var run = await RunAsync(store);

        run.Container("postgres-files").Maps("uploads").Select(upload => upload["file"]).Should().Equal("/run/configs/postgres-start.sh");
        run.Container("postgres-password")
            .Maps("uploads")
            .Select(upload => (upload["file"], upload["content"]))
            .Should()
            .Equal(("/run/secrets/pw", "PW"));
        run.Container("postgres").Maps("volumes").Select(volume => volume["containerPath"]).Should().Contain(["/run/configs", "/run/secrets"]);
        (await run.Container("postgres").DependsOnAsync()).Should().Contain("postgres-password");
    }

    [Fact]
    public async Task One_that_does_not_take_todays_value_is_replaced_with_its_carrier()
    {
        var run = await RunAsync(Store);

        run.Container("redis").Label(ContainerLabels.Password).Should().Be("redis-password-id");
        (await LabelsComeFromAsync(run.Container("redis"))).Should().Contain("redis-password");
    }

    [Fact]
    public async Task One_that_takes_todays_value_stays_whatever_becomes_of_its_carrier()
    {
        var run = await StackRun.OfAsync(() =>
        {
            IServiceHost host = new ContainerHost(Shop, new FakeSecrets()) { PasswordVersion = spec => spec.Name == "redis" ? "the-first" : null };
            _ = new AnyService(Store, host);
        });

        run.Container("redis").Label(ContainerLabels.Password).Should().Be("the-first");
        (await LabelsComeFromAsync(run.Container("redis"))).Should().NotContain("redis-password");
        (await run.Container("redis").DependsOnAsync()).Should().Contain("redis-password", "it is there before a start that reads it");
    }

    [Fact]
    public async Task Another_text_around_it_replaces_the_store()
    {
        var before = (await RunAsync(Store)).Container("redis").Label(Labels.Fingerprint);
        var larger = Redis.Describe("redis", new() { Password = new Secret("redis-password"), MaxMemory = Size.MiB(128), Memory = Store.Memory });

        (await RunAsync(larger)).Container("redis").Label(Labels.Fingerprint).Should().NotBe(before);
    }

    [Fact]
    public void A_service_that_is_called_like_the_carrier_is_refused() =>
        ContainerTarget
            .Review(Specs.Topology(Store, Specs.Service("redis-password")))
            .Select(finding => finding.ToString())
            .Should()
            .Contain(text => text.Contains("redis: The container that carries its files would have the name of the service 'redis-password'."));
}
