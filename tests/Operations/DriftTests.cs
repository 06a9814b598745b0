using System.Collections.Immutable;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Project;
using Infra.Operations.SecretValues;
using Infra.Operations.Up;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class DifferenceTests : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly FakeShell shell = new();
    private StackContext stack = SmallStack.Dev(SmallStack.Database, SmallStack.Web);
    private LastApply applied;

    // Everything as the last up left it.
    public DifferenceTests()
    {
        shell.On("docker image inspect", """
            {"Id": "sha256:postgres", "RepoTags": ["example/postgres:1.2.3"]}
            {"Id": "sha256:web", "RepoTags": ["shop-dev-app:latest"]}
            """);
        Project.Write(Project.Text, Secrets.ReadOrCreate);
        applied = LastApply.Nothing.Writing(Digests, Running[0].Created) with
        {
            Compose = ComposeProject.Digest(Project.Text),
            Hashes = ImmutableSortedDictionary<string, string>.Empty.Add("postgres", "hash-postgres").Add("web", "hash-web"),
        };
    }

    private Workspace Workspace => new(root.Path);

    private ComposeProject Project => new(Workspace, stack);

    private StackSecrets Secrets => new(Workspace, shell, stack, _ => { });

    private static ImmutableArray<ContainerState> Running =>
        [ContainerState.From(FakeContainers.Container("postgres")), ContainerState.From(FakeContainers.Container("web"))];

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task Is_none_when_really_nothing_differs() => (await IsNoneAsync(Running)).Should().BeTrue();

    [Fact]
    public async Task A_container_that_is_missing_differs() => (await IsNoneAsync(Running[..1])).Should().BeFalse();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task As_many_containers_as_are_asked_for_are_no_difference(int replicas, bool isNone)
    {
        stack = SmallStack.Dev(SmallStack.Database, SmallStack.Web with { Replicas = replicas });
        applied = applied with { Compose = ComposeProject.Digest(Project.Text) };

        (await IsNoneAsync(Running.Add(Running[1] with { Id = "second" }))).Should().Be(isNone);
    }

    [Fact]
    public async Task A_container_too_many_differs()
        => (await IsNoneAsync(Running.Add(ContainerState.From(FakeContainers.Container("old"))))).Should().BeFalse();

    [Theory]
    [InlineData("unhealthy", "running", "compose")]
    [InlineData("starting", "running", "compose")]
    [InlineData("healthy", "exited", "compose")]
    [InlineData("healthy", "running", "pulumi")]
    [InlineData("healthy", "running", "")]
    public async Task A_container_in_another_state_or_of_another_engine_differs(string health, string status, string engine)
        => (await IsNoneAsync([Running[0], ContainerState.From(FakeContainers.Container("web", health, status, engine))])).Should().BeFalse();

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
    public async Task A_container_that_was_taken_off_its_network_differs() =>
        (await IsNoneAsync([Running[0], Running[1] with { Networks = ImmutableDictionary<string, string>.Empty.Add("bridge", "id") }]))
            .Should()
            .BeFalse();

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
        await ChangeSecretAsync();

        (await IsNoneAsync(Running)).Should().BeFalse();
        Unread(applied).Should().Equal("postgres");
    }

    [Fact]
    public async Task A_container_of_whose_files_nothing_is_known_differs()
    {
        applied = applied with { Files = LastApply.Nothing.Files };

        (await IsNoneAsync(Running)).Should().BeFalse();
        Unread(LastApply.Nothing).Should().Equal("postgres");
    }

    [Fact]
    public async Task A_run_that_was_killed_between_the_files_and_the_containers_leaves_nothing_unnoticed()
    {
        var old = await File.ReadAllTextAsync(PasswordFile);
        await ChangeSecretAsync();
        LastApply killed = applied.Writing(Digests, Running[0].Created + TimeSpan.FromMinutes(1));
        Unread(killed).Should().Equal("postgres");

        await File.WriteAllTextAsync(PasswordFile, old);

        Unread(killed).Should().Equal(["postgres"], "what runs may have read either");
    }

    [Fact]
    public void What_was_made_after_its_files_is_not_recreated_by_the_run_after_one_that_failed()
        => Unread(LastApply.Nothing.Writing(Digests, Running[0].Created - TimeSpan.FromSeconds(1))).Should().BeEmpty();

    [Fact]
    public void A_clock_that_was_ahead_costs_one_recreation_and_no_more()
    {
        var (now, ahead) = (Running[0].Created, Running[0].Created + TimeSpan.FromHours(1));

        Unread(LastApply.Nothing.Writing(Digests, ahead).Writing(Digests, now)).Should().BeEmpty();
    }

    [Fact]
    public void No_digest_of_a_secret_is_one_that_a_guess_can_be_tried_on()
    {
        using var other = new TemporaryRoot();
        Directory.CreateDirectory(other.Path + "/.secrets/dev");
        File.Copy(PasswordFile, other.Path + "/.secrets/dev/postgres-password");

        var elsewhere = new StackSecrets(new Workspace(other.Path), shell, stack, _ => { }).Digests.For(stack.Topology);

        elsewhere["postgres"].Should().NotBe(Digests["postgres"], "the key is another");
        Digests["postgres"].Should().Be(Digests["postgres"]);
    }

    [UnixFact]
    public async Task A_container_that_mounts_files_of_where_the_project_was_before_differs_and_another_name_of_the_same_folder_does_not()
    {
        Directory.CreateSymbolicLink(root.Path + "-link", root.Path);
        (await IsNoneAsync([Running[0] with { Folder = root.Path + "-link" }, Running[1]])).Should().BeTrue();
        Directory.Delete(root.Path + "-link");

        (await IsNoneAsync([Running[0] with { Folder = "/srv/before" }, Running[1]])).Should().BeFalse();
    }

    private string PasswordFile => Workspace.Absolute(".secrets/dev/postgres-password");

    private ImmutableSortedDictionary<string, string> Digests => Secrets.Digests.For(stack.Topology);

    private IEnumerable<string> Unread(LastApply known) =>
        Running.Where(container => !known.HasRead(container, Digests)).Select(container => container.Service);

    private async Task ChangeSecretAsync()
    {
        File.Delete(PasswordFile);
        await File.WriteAllTextAsync(PasswordFile, "changed");
    }

    private Drift Difference => new(Workspace, new Docker(shell), stack, applied);

    private Task<bool> IsNoneAsync(ImmutableArray<ContainerState> existing)
        => Difference.IsNoneAsync(Project.Text, Project, Secrets, existing, CancellationToken.None);
}
