using Infra.Model;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class ComposeVolumesTests
{
    private static readonly Topology Stack = SmallStack.Dev(
        Specs.Store("postgres", ServiceRole.Database) with { Image = new PinnedImage("postgres", "18.6-alpine") },
        SmallStack.Web with { Mounts = [new VolumeMount(new Volume("media"), "/media")] }).Topology;

    private readonly FakeShell shell = FakeShell.WithEngine();

    [Fact]
    public async Task Those_that_are_not_there_are_made_with_the_labels_by_which_all_is_found()
    {
        await ComposeVolumes.MakeAsync(new Docker(shell), Stack, CancellationToken.None);

        const string Create = "docker volume create --label com.docker.compose.project=shop-dev --label com.docker.compose.volume=";
        const string Ours = " --label infra.engine=compose --label infra.stack=shop-dev ";
        shell.Changes.Should().BeEquivalentTo(
            $"{Create}postgres{Ours}--label infra.written-by=registry/postgres:18-alpine shop-dev-postgres", $"{Create}media{Ours}shop-dev-media");
    }

    [Fact]
    public async Task What_is_there_stays_as_it_is()
    {
        shell.On("docker volume ls --quiet", "other\nshop-dev-media\nshop-dev-postgres\n");

        await ComposeVolumes.MakeAsync(new Docker(shell), Stack, CancellationToken.None);

        shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task One_that_is_taken_over_is_never_made()
    {
        var web = SmallStack.Web with { Mounts = [new VolumeMount(new Volume("media") { Existing = "old_media" }, "/media")] };

        await ComposeVolumes.MakeAsync(new Docker(shell), SmallStack.Dev(web).Topology, CancellationToken.None);

        shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task One_that_cannot_be_made_is_told()
    {
        shell.On("docker volume create", exitCode: 1, error: "no space left on device");

        await this.Awaiting(_ => ComposeVolumes.MakeAsync(new Docker(shell), Stack, CancellationToken.None)).Should().ThrowAsync<UserErrorException>()
            .WithMessage("shop-dev-*: The volume was not created: no space left on device. Nothing was started.");
    }
}
