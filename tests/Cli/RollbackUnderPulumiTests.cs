using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary><c>rollback</c> through Pulumi: by the configuration.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class RollbackUnderPulumiTests : ReleaseTest
{
    private const string Digest = "ghcr.io/acme/shop@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly EnvironmentVariables variables = new();

    public RollbackUnderPulumiTests()
    {
        variables["PULUMI_BACKEND_URL"] = null;
        variables["DOCKER_HOST"] = null;
        Run.Shell.Programs.Add("pulumi");
        Run.Shell.On("pulumi whoami", "me\n").On("pulumi stack select").On("pulumi stack export", """{"version": 3, "deployment": {}}""")
            .On("pulumi config set").On("pulumi up");
    }

    public override void Dispose()
    {
        variables.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_tag_of_an_image_that_was_never_pushed_is_set_and_named_and_Pulumi_brings_it_up()
    {
        await TwoReleasesAsync();
        var before = Run.Shell.Changes.Count();

        (await Run.RunAsync("rollback", "prod", "--yes")).Should().Be(0, Run.Error);

        ChangesAfter(before).Should().ContainInOrder(
            "pulumi stack select prod --create --non-interactive",
            "pulumi config set --path infra:app.rollback shop-prod-app:release-1-aaaaaaaaaa01 --stack prod --non-interactive",
            $"pulumi up --stack prod --yes --cwd {Run.Workspace.Root}");
        Run.Out.Should()
            .Contain("Pulumi.prod.yaml: infra:app.rollback is shop-prod-app:release-1-aaaaaaaaaa01 now, and stays so. "
                + "To deploy what is in the tree again: pulumi config rm --path infra:app.rollback --stack prod\n")
            .And.Contain("migrations: The step has run since release 1");
    }

    [Fact]
    public async Task An_image_of_a_registry_is_set_by_its_digest()
    {
        Settings("registry: ghcr.io/acme/shop");
        Images["sha256:aaaaaaaaaa01"] = Has("ghcr.io/acme/shop:latest", One, Digest);
        await TwoReleasesAsync();

        (await Run.RunAsync("rollback", "prod", "--yes")).Should().Be(0, Run.Error);

        Run.Shell.Changes.Should().Contain($"pulumi config set --path infra:app.rollback {Digest} --stack prod --non-interactive");
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_written_changes_nothing()
    {
        await TwoReleasesAsync();
        Run.Shell.On("pulumi config set", exitCode: 255, error: "error: permission denied");
        var before = Run.Shell.Changes.Count();

        (await Run.RunAsync("rollback", "prod", "--yes")).Should().Be(1);

        Run.Error.Should().Contain("Pulumi.prod.yaml: Pulumi cannot write infra:app.rollback: error: permission denied. Nothing was changed.\n");
        ChangesAfter(before).Should().NotContain(line => line.StartsWith("pulumi up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_it_is_set_up_says_so_and_how_to_take_it_back_and_records_nothing()
    {
        await TwoReleasesAsync();
        Settings("rollback: shop-prod-app:release-1-0123456789ab");
        Runs(One, "b", "pulumi");

        (await Run.RunAsync("up", "prod")).Should().Be(0, Run.Error);

        Run.Error.Should().Contain("infra:app.rollback: Its services run shop-prod-app:release-1-0123456789ab, of an earlier release. "
            + "To deploy what is in the tree again: pulumi config rm --path infra:app.rollback --stack prod\n");
        History.Releases.Should().HaveCount(2);
    }

    private async Task TwoReleasesAsync()
    {
        foreach (var (image, step) in new[] { (One, "a"), (Two, "b") })
        {
            Runs(image, step, "pulumi");
            (await Run.RunAsync("up", "prod", "--images", "registry")).Should().Be(0, Run.Error);
            var release = History.Newest!.Images["app"];
            Has(release.Tag, release.Id["sha256:".Length..]);
        }
    }
}
