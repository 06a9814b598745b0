using Infra.Model;
using Infra.Model.Rules;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>Volumes of the application's own: their names, and where in a container they lie.</summary>
public sealed class VolumeSettingsTests
{
    private const string NoPath =
        "Write an absolute path in the container, letters, digits, '.', '_', '-', "
        + "'+' and '@' between its slashes, and ':ro' behind it where it is only read: /app/media.";
    private const string NoVolume =
        "is not a volume's name. Write lower-case letters, digits, '_' and '-', with a letter or digit first. "
        + "A folder of the project cannot be mounted.";

    [Theory]
    [InlineData("./media: /app/media", "./media", "'./media' " + NoVolume)]
    [InlineData("..: /x", "..", "'..' " + NoVolume)]
    [InlineData("my vol: /app/media", "my vol", "'my vol' " + NoVolume)]
    [InlineData("media: app/media", "media", "'app/media' is not an absolute path in the container. " + NoPath)]
    [InlineData("media: /app/../etc", "media", "'/app/../etc' is not an absolute path in the container. " + NoPath)]
    [InlineData("media: /app/media:rw", "media", "'/app/media:rw' is not an absolute path in the container. " + NoPath)]
    [InlineData("media: /etc", "media", "'/etc' is a part of the container's own system, which a volume would hide. " + NoPath)]
    [InlineData(
        "code: /app",
        "code",
        "A volume at '/app' hides the code that the image has there, now and after each release. Mount it at a folder that holds nothing but data."
    )]
    [InlineData(
        "code: /app/src:ro",
        "code",
        "A volume at '/app/src' hides the code that the image has there, now and after each release. "
            + "Mount it at a folder that holds nothing but data."
    )]
    public void A_volume_is_an_engines_own_and_lies_where_nothing_else_does(string line, string name, string message) =>
        SettingsOf
            .Problems($"config:\n  infra:environment: dev\n  infra:app:\n    volumes:\n      {line}\n")
            .Should()
            .Be($"Pulumi.dev.yaml:5:7 infra:app.volumes.{name}: {message}");

    [Fact]
    public async Task A_volume_that_is_only_read_is_so_under_both_engines()
    {
        var topology = await GatherAsync("volumes: { media: '/app/media:ro', own: /app/own }");

        topology
            .Find("web")!
            .Mounts.OfType<VolumeMount>()
            .Should()
            .Equal(new VolumeMount(new Volume("media"), "/app/media", ReadOnly: true), new VolumeMount(new Volume("own"), "/app/own"));
    }

    [Fact]
    public async Task A_folder_may_have_a_slash_at_its_end()
    {
        var topology = await GatherAsync("directory: /srv/shop/\n    volumes: { media: '/app/media/', own: '/app/own/:ro' }");

        var mounts = topology.Find("web")!.Mounts;
        mounts.OfType<VolumeMount>().Select(mount => mount.Target).Should().Equal("/app/media", "/app/own");
        mounts.OfType<BindMount>().Select(mount => mount.Target).Should().Equal("/srv/shop/src");
    }

    [Theory]
    [InlineData("postgres", "the volume 'postgres' is the state of 'postgres', and is mounted here too.")]
    [InlineData("beat", "the volume 'beat' is the state of 'beat', and is mounted here too.")]
    [InlineData("web", "the volume 'web' has the name of the service 'web', so a backup could not tell the two apart.")]
    public async Task A_volume_of_a_service_is_its_own(string name, string what) =>
        Review
            .Run(await GatherAsync($"volumes: {{ {name}: /app/data }}"))
            .Should()
            .Contain(finding => finding.Rule == "MOUNTS" && finding.What == what);

    private static Task<Topology> GatherAsync(string line) =>
        StackFactory.GatherAsync(SettingsOf.Text($"config:\n  infra:environment: dev\n  infra:app:\n    {line}\n"));
}
