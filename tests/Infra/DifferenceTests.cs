using System.Collections.Immutable;
using Infra.Engine;
using Infra.Tests.Support;
using Infra.Up;

namespace Infra.Tests.CommandLines;

public sealed class DifferenceTests : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly FakeShell shell = new();
    private readonly StackContext stack = SmallStack.Dev(SmallStack.Database, SmallStack.Web);
    private Applied applied;

    // Everything as the last up left it.
    public DifferenceTests()
    {
        shell.On("docker image inspect", """
            {"Id": "sha256:postgres", "RepoTags": ["example/postgres:1.2.3"]}
            {"Id": "sha256:web", "RepoTags": ["shop-dev-app:latest"]}
            """);
        var digests = Project.Write(Project.Text, Secrets.ReadOrCreate);
        applied = new Applied(ComposeProject.Digest(Project.Text), ImmutableSortedDictionary<string, string>.Empty.Add("postgres", "hash-postgres").Add("web", "hash-web"), digests);
    }

    private Workspace Workspace => new(root.Path);

    private ComposeProject Project => new(Workspace, stack);

    private StackSecrets Secrets => new(Workspace, shell, stack, _ => { });

    private static ImmutableArray<ContainerState> Running => [ContainerState.From(Standing.Container("postgres")), ContainerState.From(Standing.Container("web"))];

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task Is_none_when_really_nothing_differs() => (await IsNoneAsync(Running)).Should().BeTrue();

    [Fact]
    public async Task A_container_that_is_missing_differs() => (await IsNoneAsync(Running[..1])).Should().BeFalse();

    [Fact]
    public async Task A_container_too_many_differs()
        => (await IsNoneAsync(Running.Add(ContainerState.From(Standing.Container("old"))))).Should().BeFalse();

    [Theory]
    [InlineData("unhealthy", "running", "compose")]
    [InlineData("starting", "running", "compose")]
    [InlineData("healthy", "exited", "compose")]
    [InlineData("healthy", "running", "pulumi")]
    [InlineData("healthy", "running", "")]
    public async Task A_container_in_another_state_or_of_another_engine_differs(string health, string status, string engine)
        => (await IsNoneAsync([Running[0], ContainerState.From(Standing.Container("web", health, status, engine))])).Should().BeFalse();

    [Fact]
    public async Task A_container_of_another_service_differs()
        => (await IsNoneAsync([Running[0], Running[1] with { Service = "site" }])).Should().BeFalse();

    [Fact]
    public async Task A_container_from_another_configuration_differs()
        => (await IsNoneAsync([Running[0], Running[1] with { ConfigHash = "other" }])).Should().BeFalse();

    [Fact]
    public async Task A_container_from_another_image_differs()
        => (await IsNoneAsync([Running[0], Running[1] with { ImageId = "sha256:old" }])).Should().BeFalse();

    [Fact]
    public async Task A_container_that_was_taken_off_its_network_differs()
        => (await IsNoneAsync([Running[0], Running[1] with { Networks = ImmutableDictionary<string, string>.Empty.Add("bridge", "id") }])).Should().BeFalse();

    [Fact]
    public async Task An_image_that_is_gone_differs()
    {
        shell.On("docker image inspect", """{"Id": "sha256:postgres", "RepoTags": ["example/postgres:1.2.3"]}""");

        (await IsNoneAsync(Running)).Should().BeFalse();
    }

    [Fact]
    public async Task Another_Compose_file_differs()
    {
        applied = applied with { Compose = ComposeProject.Digest("other") };

        (await IsNoneAsync(Running)).Should().BeFalse();
    }

    [Fact]
    public async Task A_rendered_file_that_is_gone_differs()
    {
        File.Delete(Workspace.Absolute(Project.Files.Single(file => file.Path.Contains("rendered", StringComparison.Ordinal)).Path));

        (await IsNoneAsync(Running)).Should().BeFalse();
    }

    [Fact]
    public async Task Another_value_of_a_secret_differs_and_recreates_the_services_that_have_it()
    {
        var file = Workspace.Absolute(".secrets/dev/postgres-password");
        File.Delete(file);
        await File.WriteAllTextAsync(file, "changed");

        (await IsNoneAsync(Running)).Should().BeFalse();
        Difference.ToRecreate(Project.Write(Project.Text, Secrets.ReadOrCreate)).Should().Equal("postgres");
    }

    [Fact]
    public void Nothing_is_recreated_for_a_file_that_is_the_same_or_new()
    {
        Difference.ToRecreate(applied.Files).Should().BeEmpty();
        Difference.ToRecreate(applied.Files.Add("new", "digest")).Should().BeEmpty();
    }

    private Difference Difference => new(Workspace, new Docker(shell), stack, applied);

    private Task<bool> IsNoneAsync(ImmutableArray<ContainerState> standing)
        => Difference.IsNoneAsync(Project.Text, Project, Secrets, standing, CancellationToken.None);
}
