using Infra.Model;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using static Infra.Tests.Targets.Containers.Host;

namespace Infra.Tests.Targets.Containers;

public sealed class ReviewTests
{
    private static readonly ServiceSpec Web = AnyService.Named("web");

    [Fact]
    public void A_limit_on_processes_is_waived() => Of(Web with { Pids = 64 }).Should().Equal(
        "warning TARGET-PULUMI web: The provider cannot limit a container's processes; it runs without that limit. "
        + "Set `default-pids-limit` for the whole engine, or bring the stack up through Compose.");

    [Fact]
    public void Processor_time_set_aside_is_waived() => Of(Web with { ReservedCpus = Cpu.Cores(1) }).Should().Equal(
        "warning TARGET-PULUMI web: A container cannot have processor time set aside; only its limit holds. "
        + "Nothing, on one machine; reservations are for a cluster's scheduler.");

    [Fact]
    public void The_order_of_name_servers_is_waived() => Of(Web with { Dns = ["10.0.0.2", "1.1.1.1"] }).Should().Equal(
        "warning TARGET-PULUMI web: The provider keeps no order of name servers: any of 10.0.0.2, 1.1.1.1 may be asked first. "
        + "Nothing, where each of them answers the same; or name one.");

    [Fact]
    public void A_rebuild_on_change_is_waived_since_the_next_up_does_it() =>
        Of(Web with { Watch = [new(WatchAction.Rebuild, "app/uv.lock"), new(WatchAction.Rebuild, "app/Dockerfile")] })
            .Should()
            .Equal(
                "warning TARGET-PULUMI web: Pulumi does not watch 'app/uv.lock', 'app/Dockerfile'. "
                    + "Run up again after a change: the image is then built again."
            );

    [Fact]
    public void Copying_changes_is_refused_since_they_would_seem_to_arrive() =>
        Of(Web with { Watch = [new(WatchAction.Sync, "app/src"), new(WatchAction.Sync, "app/lib")] })
            .Should()
            .Equal(
                "error TARGET-PULUMI web: Pulumi cannot copy changes of 'app/src', 'app/lib' into a running container. "
                    + "Mount the code (`infra:app.reload: mount`), or bring the stack up through Compose."
            );

    [Fact]
    public void Waiting_for_the_end_of_what_never_ends_is_refused()
        => Of(AnyService.Named("api"), Web with { WaitsFor = [new("api", WaitCondition.Completed)] }).Should().Equal(
            "error TARGET-PULUMI web: It waits for 'api' to complete, which is started again whenever it ends. "
            + "Give 'api' the restart policy No, or wait until it is healthy.");

    [Fact]
    public void An_empty_file_is_refused() =>
        Of(Web with { Files = [new("empty", "")] })
            .Should()
            .Equal(
                "error TARGET-PULUMI web: The file 'empty' is empty, and the provider uploads no empty files. "
                    + "Give it a content, if only a line break, or leave it out."
            );

    [Fact]
    public void A_label_of_the_stacks_own_is_refused() => Of(Web with { Labels = Web.Labels.Add("infra.stack", "x") }).Should().Equal(
        "error TARGET-PULUMI web: The label 'infra.stack' belongs to the stack itself. Give it a name without 'infra.' in front.");

    [Fact]
    public void Names_that_the_carrier_takes_are_refused() =>
        Of(Web with { Files = [new("a", "b")], Mounts = [new VolumeMount(new Volume("web-configs"), "/x")] }, AnyService.Named("web-files"))
            .Should()
            .Equal(
                "error TARGET-PULUMI web: The container that carries its files would have the name of the service 'web-files'. Rename 'web-files'.",
                "error TARGET-PULUMI web: The volume that carries its files would be called 'web-configs', as one that is mounted. "
                    + "Rename the volume 'web-configs'."
            );

    [Fact]
    public void Several_platforms_are_refused() =>
        Of(Web with { Image = new BuiltImage("app", "app") { Platforms = ["linux/amd64", "linux/arm64"] } })
            .Should()
            .Equal(
                "error TARGET-PULUMI app: The provider builds for one platform at a time, not for linux/amd64, linux/arm64. "
                    + "Build it with './infra.sh build STACK --push', and set infra:app.image to what that prints; or name one platform."
            );

    [Fact]
    public void A_cache_that_is_written_is_waived() =>
        Of(Web with { Image = new BuiltImage("app", "app") { CacheTo = ["a.io/b:c"] } })
            .Should()
            .Equal(
                "warning TARGET-PULUMI app: The provider writes no cache to a registry; it only reads one. "
                    + "Build it with './infra.sh build STACK --push', which writes it."
            );

    [Fact]
    public void Pushing_under_a_name_without_its_registry_is_refused() =>
        Of(
                Web with
                {
                    Image = new BuiltImage("app", "app") { Tag = "acme/shop:1", Push = true },
                }
            )
            .Should()
            .Equal(
                "error TARGET-PULUMI app: The provider pushes to no such name as 'acme/shop:1', which does not begin with its registry. "
                    + "Write the full name, with 'docker.io/' in front where it goes to Docker Hub."
            );

    [Fact]
    public void Layers_from_elsewhere_are_waived_for_a_name_without_a_registry() =>
        Of(Web with { Image = new BuiltImage("app", "app") { CacheFrom = ["a.io/b:c"] } })
            .Should()
            .Equal(
                "warning TARGET-PULUMI app: The provider takes no layers from elsewhere for 'shop-dev-app:latest', a name without a registry; "
                    + "it is built without them. Nothing, on one machine: the engine keeps its own layers."
            );

    [Fact]
    public void An_empty_word_of_a_command_is_refused_since_its_container_would_not_be_made() =>
        Of(Web with { Command = ["run", ""] })
            .Should()
            .Equal(
                "error TARGET-PULUMI web: An argument of its command is empty, and the provider starts no such container. "
                    + "Leave the argument out, or let a shell produce it (`sh -c`)."
            );

    [Fact]
    public void A_port_of_two_protocols_is_waived_since_they_come_back_in_any_order() =>
        Of(Web with { Ports = [new Port(443, 443), new Port(443, 443) { Protocol = "udp" }] })
            .Should()
            .Equal(
                "warning TARGET-PULUMI web: Port 443 is published for several protocols, which the provider reads back in any order: "
                    + "a preview after a refresh may want to replace it. Nothing; or publish the port for one protocol."
            );

    [Fact]
    public void Two_builds_of_one_name_are_refused() =>
        Of(Web with { Image = new BuiltImage("app", "app") }, AnyService.Named("api") with { Image = new BuiltImage("app", "api") })
            .Should()
            .Equal(
                "error TARGET-PULUMI app: Different images are built under this one name: build of app/Dockerfile; build of api/Dockerfile. "
                    + "Give each build a name of its own."
            );

    [Fact]
    public void One_build_described_twice_is_one_build() =>
        Of(
                Web with
                {
                    Image = new BuiltImage("app", "app"),
                },
                AnyService.Named("api") with
                {
                    Image = new BuiltImage("app", "app") { Args = System.Collections.Immutable.ImmutableSortedDictionary.Create<string, string>() },
                }
            )
            .Should()
            .BeEmpty();

    private static IEnumerable<string> Of(params ServiceSpec[] services) =>
        ContainerTarget.Review(new Topology(Shop, [.. services])).Select(finding => finding.ToString());
}
