using System.Collections.Immutable;
using Infra.Model;
using Infra.Targets;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using static Infra.Tests.Targets.Containers.Host;

namespace Infra.Tests.Targets.Containers;

/// <summary>What services share, and what belongs to one.</summary>
public sealed class ObjectTests
{
    private static readonly ServiceSpec Web = AnyService.Named("web");

    [Fact]
    public async Task A_container_is_the_child_of_its_component()
        => (await ContainerAsync(Web)).Parent.Should().Be("web");

    [Fact]
    public async Task A_network_is_made_once_and_belongs_to_the_stack()
    {
        var run = await RunAsync(
            Web with
            {
                Networks = [new Network("back", Internal: true)],
            },
            AnyService.Named("api") with
            {
                Networks = [new Network("back", Internal: true)],
            }
        );

        var network = run.Network("back");
        network["name"].Should().Be("shop-dev-back");
        network["internal"].Should().Be(true);
        network.Label(Labels.Stack).Should().Be("shop-dev");
        network.Label(Labels.Engine).Should().Be("pulumi");
        network.Parent.Should().BeNull();
    }

    [Fact]
    public async Task A_volume_with_state_outlives_destroy_and_a_changed_label()
    {
        var run = await RunAsync(Web with { Role = ServiceRole.Database, Mounts = [new VolumeMount(new Volume("data"), "/data")] });

        var volume = run.Volume("data");
        volume.Options.RetainOnDelete.Should().BeTrue();
        volume.Options.IgnoreChanges.Should().Equal("labels");
        volume.Options.Parent.Should().BeNull();
        volume["name"].Should().Be("shop-dev-data");
        volume.Label(Labels.WrittenBy).Should().Be("registry/example/any:1-debian");
        run.Container("web").Maps("volumes").Should().ContainSingle().Which["volumeName"].Should().Be("shop-dev-data");
    }

    [Fact]
    public async Task A_volume_that_is_taken_over_is_mounted_and_no_resource_of_the_stack()
    {
        var mocks = new RecordingMocks();
        var run = await RunAsync(mocks, null, Web with { Mounts = [new VolumeMount(new Volume("data") { Existing = "old_data" }, "/data")] });

        run.Container("web").Maps("volumes").Should().ContainSingle().Which["volumeName"].Should().Be("old_data");
        mocks.Inputs.Keys.Select(key => key.Name).Should().Contain("web").And.NotContain("data");
    }

    [Fact]
    public async Task A_volume_without_state_goes_with_the_stack()
    {
        var run = await RunAsync(Web with { Mounts = [new VolumeMount(new Volume("cache", HoldsState: false), "/cache")] });

        run.Volume("cache").Options.RetainOnDelete.Should().NotBe(true);
    }

    [Fact]
    public async Task A_host_path_is_relative_to_the_projects_root()
    {
        var container = await ContainerAsync(
            Web with
            {
                Mounts = [new BindMount("app/src", "/app/src", ReadOnly: true), new BindMount("/etc/hosts", "/h")],
            }
        );

        container.Maps("mounts").Select(mount => (mount["type"], mount["source"], mount["target"], mount["readOnly"])).Should().Equal(
            ("bind", "/srv/shop/app/src", "/app/src", true), ("bind", "/etc/hosts", "/h", false));
    }

    [Fact]
    public async Task A_build_is_the_child_of_the_component_that_asked_for_it()
    {
        var image = new BuiltImage("app", "app") { Args = new Dictionary<string, string> { ["A"] = "1" }.ToImmutableSortedDictionary() };
        var run = await StackRun.OfAsync(() =>
        {
            var host = new ContainerHost(Shop, new FakeSecrets());
            host.Build(image, new Infra.Components.AppImage("app", new() { Context = "app" }, new RecordingHost()));
            _ = new AnyService(Web with { Image = image }, host);
        });

        run.Image("app").Parent.Should().Be("app");
        run.Image("app")["imageName"].Should().Be("shop-dev-app:latest");
        var build = run.Image("app").Map("build");
        Path.GetFullPath((string)build["context"]).Should().Be("/srv/shop/app");
        Path.GetFullPath((string)build["dockerfile"]).Should().Be("/srv/shop/app/Dockerfile");
        Path.IsPathRooted((string)build["context"]).Should().BeFalse("the same build from another checkout is the same build");
        build["builderVersion"].Should().Be("BuilderBuildKit");
    }

    [Fact]
    public async Task A_build_says_its_platform_which_the_provider_would_ask_for_at_each_run()
    {
        var architecture =
            System.Runtime.InteropServices.RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

        (await RunAsync(Web with { Image = new BuiltImage("app", "app") }))
            .Image("app")
            .Map("build")["platform"]
            .Should()
            .Be($"linux/{architecture}");
        (await RunAsync(Web with { Image = new BuiltImage("app", "app") { Platforms = ["linux/s390x"] } }))
            .Image("app")
            .Map("build")["platform"]
            .Should()
            .Be("linux/s390x");
    }

    [Theory]
    [InlineData("shop:1", false)]
    [InlineData("acme/shop:1", false)]
    [InlineData("ghcr.io/acme/shop:1", true)]
    [InlineData("localhost:5000/shop:1", true)]
    public async Task Layers_come_from_a_registry_where_the_images_name_begins_with_one(string tag, bool are)
    {
        var run = await RunAsync(Web with { Image = new BuiltImage("app", "app") { Tag = tag, CacheFrom = ["ghcr.io/acme/shop:cache"] } });

        run.Image("app").Map("build").ContainsKey("cacheFrom").Should().Be(are);
    }

    [Fact]
    public async Task A_build_comes_after_its_base_and_follows_its_changes()
    {
        var run = await RunAsync(
            Web with
            {
                Image = new BuiltImage("app", "app") { Base = new BuiltImage("base", "images/base") { Network = "host" } },
            }
        );

        (await run.Image("app").DependsOnAsync()).Should().Equal("base");
        var arguments = (ImmutableDictionary<string, object>)run.Image("app").Map("build")["args"];
        arguments["INFRA_BASE"].Should().Be("sha256:built-base");
        run.Image("base").Map("build")["network"].Should().Be("host");
    }
}
