using System.Collections.Immutable;
using Infra.Model;
using Infra.Targets;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using static Infra.Tests.Targets.Containers.Host;

namespace Infra.Tests.Targets.Containers;

/// <summary>Another name is another resource, which Pulumi makes before it deletes the old one.</summary>
public sealed class StartFirstTests
{
    private static readonly ServiceSpec Web = AnyService.Named("web") with
    {
        Replacement = Replacement.StartFirst,
        Health = HealthCheck.Exec("true"),
    };

    [Fact]
    public async Task Its_names_end_in_a_hash_and_it_answers_to_its_own_name()
    {
        var web = await MadeAsync(Web);

        web.Name.Should().MatchRegex("^web-[0-9a-f]{8}$");
        web["name"].Should().Be($"shop-dev-{web.Name}");
        web["wait"].Should().Be(true);
        ((ImmutableArray<object>)web.Maps("networksAdvanced").Single()["aliases"]).Should().Equal("web");
    }

    [Fact]
    public async Task The_same_service_has_the_same_name_again()
        => (await MadeAsync(Web)).Name.Should().Be((await MadeAsync(Web)).Name);

    [Fact]
    public async Task Whatever_changes_the_container_changes_its_name()
    {
        ServiceSpec[] changed =
        [
            Web with
            {
                Environment = Variables.From(("A", "1")),
            },
            Web with
            {
                Memory = Size.MiB(64),
            },
            Web with
            {
                Health = HealthCheck.Exec("false"),
            },
            Web with
            {
                Files = [new("settings", "a")],
            },
            Web with
            {
                Files = [new("settings", "b")],
            },
            Web with
            {
                Image = new PinnedImage("example/any", "2"),
            },
        ];

        var names = await Task.WhenAll(changed.Append(Web).Select(async spec => (await MadeAsync(spec)).Name));

        names.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Other_content_under_the_same_tag_is_another_name()
    {
        var spec = Web with { Image = new BuiltImage("app", "app") };

        (await MadeAsync(spec, "one")).Name.Should().NotBe((await MadeAsync(spec, "two")).Name);
    }

    [Fact]
    public async Task What_waits_for_it_is_not_renamed()
    {
        var run = await RunAsync(Web, AnyService.Named("proxy") with { WaitsFor = [new Wait("web")] });

        run.Containers.Select(container => container.Name).Should().Contain("proxy");
        (await run.Container("proxy").DependsOnAsync()).Should().ContainSingle().Which.Should().StartWith("web-");
    }

    [Fact]
    public async Task A_deploy_replaces_nothing_that_the_old_one_stands_on()
    {
        var files = Web with { Files = [new("settings", "a")], Image = new BuiltImage("app", "app") };

        var steps = await Update.BetweenAsync(await OfAsync(files, "one"), await OfAsync(files, "two"));

        steps
            .Should()
            .NotContain(step => step.StartsWith("replace", StringComparison.Ordinal), "Pulumi deletes first what depends on the replaced")
            .And.Contain(step =>
                step.StartsWith("create container web-", StringComparison.Ordinal) && step.EndsWith("-files", StringComparison.Ordinal)
            )
            .And.Contain(step =>
                step.StartsWith("delete volume web-", StringComparison.Ordinal) && step.EndsWith("-configs", StringComparison.Ordinal)
            );
    }

    private static async Task<Registered> MadeAsync(ServiceSpec spec, string content = "same")
    {
        var run = await OfAsync(spec, content);
        return run.Containers.Single(container => !container.Name.EndsWith("-files", StringComparison.Ordinal));
    }

    private static Task<StackRun> OfAsync(ServiceSpec spec, string content) => StackRun.OfAsync(() =>
    {
        IServiceHost host = new ContainerHost(Shop, new FakeSecrets()) { Content = image => $"{image} {content}" };
        _ = new AnyService(spec, host);
    });
}
