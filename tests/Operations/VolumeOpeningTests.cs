using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class VolumeOpeningTests : IDisposable
{
    private static readonly ServiceSpec Web = Writer("web", "uploads", "media");
    private static readonly ServiceSpec Worker = Writer("worker", "uploads");
    private readonly TemporaryRoot root = new();
    private readonly FakeShell shell = FakeShell.WithEngine().On("docker compose");

    public VolumeOpeningTests() => Directory.CreateDirectory(Path.Combine(root.Path, ".infra/dev"));

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task Root_opens_each_fresh_volume_once_by_the_first_service_that_mounts_it()
    {
        await RunAsync(Web, Worker, Writer("beat", "beat"));

        Ran().Should().Equal(
            "run --rm --no-deps --no-TTY --quiet-pull --label infra.opener=true --user 0:0 --entrypoint open web --volumes /uploads /media",
            "run --rm --no-deps --no-TTY --quiet-pull --label infra.opener=true --user 0:0 --entrypoint open beat --volumes /beat");
    }

    [Fact]
    public async Task What_was_opened_and_still_exists_is_left_alone_and_what_was_removed_is_opened_again()
    {
        await RunAsync(Web, Worker);
        shell.On("docker volume ls", "shop-dev-media\t\nshop-dev-uploads\t\n");
        await RunAsync(Web, Worker);
        Ran().Should().ContainSingle();

        shell.On("docker volume ls", "shop-dev-media\t\n");
        await RunAsync(Web, Worker);

        Ran()
            .Skip(1)
            .Should()
            .Equal("run --rm --no-deps --no-TTY --quiet-pull --label infra.opener=true --user 0:0 --entrypoint open web --volumes /uploads");
    }

    [Fact]
    public async Task One_that_is_taken_over_is_opened_once_too()
    {
        var web = Web with { Mounts = [new VolumeMount(new Volume("media") { Existing = "old_media" }, "/media")] };
        await RunAsync(web);
        shell.On("docker volume ls", "old_media\n");
        await RunAsync(web);

        Ran().Should().ContainSingle().Which.Should().EndWith(" --entrypoint open web --volumes /media");
    }

    [Fact]
    public async Task What_was_recreated_is_opened_whatever_is_noted_of_the_one_before()
    {
        await RunAsync(Web);
        shell.On("docker volume ls", "shop-dev-media\t\n");
        // The 'up' that saw it gone may be killed once the other one is made.
        await Opening(Web).ForgetRemovedAsync(default);
        shell.On("docker volume ls", "shop-dev-media\t\nshop-dev-uploads\t\n");

        await Opening(Web).RunAsync(default);

        Ran().Last().Should().EndWith(" --entrypoint open web --volumes /uploads");
    }

    [Fact]
    public async Task A_volume_from_before_that_nobody_has_opened_is_opened_too()
    {
        shell.On("docker volume ls", "shop-dev-media\t\nshop-dev-uploads\t\n");

        await RunAsync(Web);

        Ran().Should().ContainSingle();
    }

    [Fact]
    public async Task Stores_and_volumes_that_are_only_read_are_left_to_themselves()
    {
        await RunAsync(SmallStack.Database, Web with { Mounts = [new VolumeMount(new Volume("media"), "/media", ReadOnly: true)] });

        shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_killed_up_made_for_it_and_did_not_start_is_removed_first()
    {
        shell.On("docker ps --quiet --all --filter label=infra.stack=shop-dev --filter label=infra.opener", "left\n").On("docker rm");

        await RunAsync(Web);

        shell.Changes.First().Should().Be("docker rm --force left");
    }

    [Fact]
    public async Task One_that_the_engine_was_still_making_for_a_killed_up_is_removed_after_the_volumes_are_open()
    {
        shell.On("docker rm").On("docker compose", () =>
        {
            shell.On("docker ps --quiet --all --filter label=infra.stack=shop-dev --filter label=infra.opener", "late\n");
            return new ShellResult(0, "", "");
        });

        await RunAsync(Web);

        shell.Changes.Last().Should().Be("docker rm --force late");
    }

    [Fact]
    public async Task A_failure_names_the_service_and_its_volumes()
    {
        shell.On("docker compose", exitCode: 1, error: "no such file: open");

        await this.Awaiting(test => test.RunAsync(Web)).Should().ThrowAsync<UserErrorException>()
            .WithMessage("web: Its volumes 'uploads', 'media' could not be made writable: no such file: open. Nothing was started.");
    }

    [Fact]
    public async Task What_Ctrl_C_cut_off_is_an_interruption_though_Compose_heard_of_it_first()
    {
        using var ending = new CancellationTokenSource();
        shell.On("docker compose", () =>
        {
            ending.CancelAfter(TimeSpan.FromMilliseconds(20));
            return new ShellResult(255, "", "");
        });

        await this.Awaiting(test => test.RunAsync(ending.Token, Web)).Should().ThrowAsync<OperationCanceledException>();
    }

    private static ServiceSpec Writer(string name, params string[] volumes) => Specs.Web() with
    {
        Name = name,
        VolumeOpener = ["open", "--volumes"],
        Mounts = [.. volumes.Select(volume => new VolumeMount(new Volume(volume), "/" + volume)), new TmpfsMount("/tmp", Size.MiB(1))],
    };

    private IEnumerable<string> Ran() => shell.Changes.Select(line => line[line.IndexOf("run --rm", StringComparison.Ordinal)..]);

    private Task RunAsync(params ImmutableArray<ServiceSpec> services) => RunAsync(CancellationToken.None, services);

    private Task RunAsync(CancellationToken cancellationToken, params ImmutableArray<ServiceSpec> services)
        => Opening(services).RunAsync(cancellationToken);

    private VolumeOpening Opening(params ImmutableArray<ServiceSpec> services) =>
        new(new Workspace(root.Path), new Docker(shell), SmallStack.Dev(services));
}
