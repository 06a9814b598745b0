using Infra.Operations.Builds;
using Infra.Operations.Engine;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class ImageDecisionTests : IDisposable
{
    private const string Remembered = ". Remembered for 'dev'; --images changes it.";

    private readonly TemporaryRoot root = new();
    private readonly FakeShell shell = FakeShell.WithEngine();

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task What_is_asked_for_holds()
    {
        ImageMemory.Remember(Workspace, "dev", ImageSource.Registry);

        (await DecideAsync("registry", ImageSource.Debian)).Should().Be((ImageSource.Debian, null));
        shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_set_holds_before_what_is_remembered()
    {
        ImageMemory.Remember(Workspace, "dev", ImageSource.Registry);

        (await DecideAsync("debian")).Should().Be((ImageSource.Debian, null));
    }

    [Fact]
    public async Task What_is_remembered_holds_and_nobody_is_asked()
    {
        ImageMemory.Remember(Workspace, "dev", ImageSource.Debian);

        (await DecideAsync()).Should().Be((ImageSource.Debian, null));
        shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task Images_that_are_there_already_are_preferred()
    {
        string[] names = ["postgres:18.6-alpine", "redis:8.10.1-alpine", "rabbitmq:4.2.9-management-alpine"];
        shell.On("docker image inspect", string.Join('\n', names.Select(name => $$"""{"Id": "i", "RepoTags": ["{{name}}"]}""")));

        (await DecideAsync()).Should().Be((ImageSource.Registry, "Images come from registries: all of them are on the engine" + Remembered));
    }

    [Fact]
    public async Task A_registry_that_answers_is_used()
    {
        shell.On("docker manifest inspect postgres:18.6-alpine", "{}");

        (await DecideAsync())
            .Should()
            .Be((ImageSource.Registry, "Images come from registries: a registry answers for postgres:18.6-alpine" + Remembered));
    }

    [Theory]
    [InlineData("no such manifest: docker.io/library/postgres:18.6-alpine")]
    [InlineData("errors:\ndenied: requested access to the resource is denied")]
    [InlineData("toomanyrequests: You have reached your pull rate limit.")]
    public async Task A_registry_that_says_no_has_answered(string error)
    {
        shell.On("docker manifest inspect", exitCode: 1, error: error);

        (await DecideAsync()).Source.Should().Be(ImageSource.Registry);
    }

    [Fact]
    public async Task Without_a_registry_images_are_built_from_Debians_packages()
    {
        shell.On("docker manifest inspect", exitCode: 1, error: "dial tcp: lookup registry-1.docker.io: no such host");

        (await DecideAsync()).Should().Be(
            (ImageSource.Debian, "Images come from Debian's packages, built here: no registry can be reached for postgres:18.6-alpine" + Remembered));
    }

    [Fact]
    public void What_is_remembered_and_is_no_source_is_forgotten()
    {
        Directory.CreateDirectory(Workspace.Absolute(".infra/dev"));
        File.WriteAllText(Workspace.Absolute(".infra/dev/images"), "floppy\n");

        ImageMemory.Recall(Workspace, "dev").Should().BeNull();
    }

    private Workspace Workspace => new(root.Path);

    private Task<(ImageSource Source, string? Reason)> DecideAsync(string set = "auto", ImageSource asked = ImageSource.Auto)
        => new ImageDecision(Workspace, shell, new Docker(shell)).DecideAsync("dev", Settings(set), asked, CancellationToken.None);

    private static Settings Settings(string images) => SettingsOf.Text($"config: {{infra:environment: dev, infra:images: {images}}}");
}
