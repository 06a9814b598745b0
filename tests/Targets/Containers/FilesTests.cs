using Infra.Model;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using Pulumi;
using Pulumi.Utilities;
using static Infra.Tests.Targets.Containers.Host;
using Docker = Pulumi.Docker;

namespace Infra.Tests.Targets.Containers;

public sealed class FilesTests
{
    private static readonly Secret Password = new("redis-password");

    private static readonly ServiceSpec Redis = AnyService.Named("redis") with
    {
        ReadOnly = true,
        Files = [new("redis.conf", Template.From($"requirepass {Password}")), new("plain.conf", "port 1")],
    };

    [Fact]
    public async Task Files_come_by_a_second_container_since_a_read_only_root_takes_no_uploads()
    {
        var run = await RunAsync(Redis);

        var carrier = run.Container("redis-files");
        carrier["start"].Should().Be(false);
        carrier["mustRun"].Should().Be(false);
        carrier["networkMode"].Should().Be("none");
        carrier["name"].Should().Be("shop-dev-redis-files");
        carrier.Parent.Should().Be("redis");
        carrier.Maps("uploads").Select(upload => (upload["file"], upload["content"], upload["permissions"])).Should().Equal(
            ("/run/configs/plain.conf", "port 1", "0444"),
            ("/run/secrets/redis.conf", "requirepass REDIS-PASSWORD", "0444"));
        run.Container("redis").Inputs.Keys.Should().NotContain("uploads");
    }

    [Fact]
    public async Task The_service_mounts_them_read_only()
    {
        var run = await RunAsync(Redis);

        run.Container("redis").Maps("volumes").Select(volume => (volume["volumeName"], volume["containerPath"], volume["readOnly"])).Should().Equal(
            ("shop-dev-redis-configs", "/run/configs", true),
            ("shop-dev-redis-secrets", "/run/secrets", true));
        run.Volume("redis-secrets").Options.RetainOnDelete.Should().NotBe(true, "they are written again at each start of the stack");
    }

    [Fact]
    public async Task A_changed_file_replaces_the_carrier_and_so_the_service()
        => (await RunAsync(Redis)).Container("redis").Label(ContainerLabels.Files).Should().Be("redis-files-id");

    [Fact]
    public async Task A_service_without_files_has_no_carrier()
    {
        var run = await RunAsync(AnyService.Named("web"));

        run.Containers.Should().ContainSingle().Which.Label(ContainerLabels.Files).Should().BeNull();
    }

    [Fact]
    public async Task Content_with_a_secret_is_secret_and_other_content_is_not()
    {
        var args = (Docker.ContainerArgs)(await RunAsync(Redis)).Container("redis-files").Args!;

        var uploads = await OutputUtilities.GetValueAsync(args.Uploads.ToOutput());
        (await Output.IsSecretAsync(uploads[0].Content!.ToOutput())).Should().BeFalse();
        (await Output.IsSecretAsync(uploads[1].Content!.ToOutput())).Should().BeTrue();
    }

    [Fact]
    public async Task Variables_are_sorted_and_secret_when_one_of_them_is()
    {
        var spec = AnyService.Named("web") with { Environment = Variables.From(("B", Template.From($"x{Password}y{Password}")), ("A", "1")) };

        var container = await ContainerAsync(spec);

        container.List("envs").Should().Equal("A=1", "B=xREDIS-PASSWORDyREDIS-PASSWORD");
        (await Output.IsSecretAsync(((Docker.ContainerArgs)container.Args!).Envs.ToOutput())).Should().BeTrue();
    }
}
