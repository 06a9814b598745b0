using Infra.Operations.Builds;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class ImagePinsTests : IDisposable
{
    private const string Source = """
        public static PinnedImage Postgres { get; } = new("postgres", "17.6-alpine");
        public static PinnedImage Redis { get; } = new("redis", "8.0.3-alpine", "sha256:old");
        """;

    private static readonly string Digest = "sha256:" + new string('a', 64);
    private readonly TemporaryRoot root = new();
    private readonly FakeShell shell = FakeShell.WithEngine();
    private readonly StringWriter output = new();

    private string FilePath => Path.Combine(root.Path, "components", "Parts", "Images.cs");

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task Each_image_gets_the_digest_that_its_registry_gives()
    {
        shell.On("docker buildx imagetools inspect", Digest + "\n");

        (await RunAsync()).Should().Be(0);

        File.ReadAllText(FilePath).Should().Be($$"""
            public static PinnedImage Postgres { get; } = new("postgres", "17.6-alpine", "{{Digest}}");
            public static PinnedImage Redis { get; } = new("redis", "8.0.3-alpine", "{{Digest}}");
            """);
        output.ToString().Should().Contain($"postgres:17.6-alpine@{Digest}");
    }

    [Theory]
    [InlineData("", 1, "no such host")]
    [InlineData("not a digest", 0, "")]
    public async Task Nothing_is_written_when_one_registry_gives_none(string answer, int exitCode, string error)
    {
        shell.On("docker buildx imagetools inspect", Digest).On("docker buildx imagetools inspect redis:8.0.3-alpine", answer, exitCode, error);

        var failure = await FluentActions.Awaiting(RunAsync).Should().ThrowAsync<UserErrorException>();

        failure.Which.ExitCode.Should().Be(1);
        failure.Which.Message.Should().StartWith("image redis:8.0.3-alpine: Its registry gives no digest:");
        File.ReadAllText(FilePath).Should().Be(Source);
    }

    [Fact]
    public async Task One_cause_is_told_once_for_all_images_that_it_keeps_from_their_digests()
    {
        const string reason =
            "ERROR: failed to do request: Head \"https://registry-1.docker.io/v2/library/{0}/manifests/{1}\": "
            + "dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: read udp 127.0.0.1:{2}->127.0.0.53:53: i/o timeout";
        foreach (var (image, tag) in new[] { ("postgres", "17.6-alpine"), ("redis", "8.0.3-alpine") })
            shell.On(
                $"docker buildx imagetools inspect {image}:{tag}",
                exitCode: 1,
                error: string.Format(null, reason, image, tag, 40000 + image.Length)
            );

        var failure = await FluentActions.Awaiting(RunAsync).Should().ThrowAsync<UserErrorException>();

        failure
            .Which.Message.Should()
            .Be(
                "images postgres:17.6-alpine, redis:8.0.3-alpine: Their registry gives no digest: ERROR: failed to do request: "
                    + "Head \"https://registry-1.docker.io/…\": dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: "
                    + "read udp 127.0.0.1->127.0.0.53:53: i/o timeout. Nothing was written; try again where it can be reached."
            );
    }

    [Fact]
    public async Task Causes_that_differ_are_told_each()
    {
        shell
            .On(
                "docker buildx imagetools inspect postgres:17.6-alpine",
                exitCode: 1,
                error: "ERROR: docker.io/library/postgres:17.6-alpine: not found"
            )
            .On("docker buildx imagetools inspect redis:8.0.3-alpine", exitCode: 1, error: "ERROR: toomanyrequests");

        var failure = await FluentActions.Awaiting(RunAsync).Should().ThrowAsync<UserErrorException>();

        failure
            .Which.Message.Split('\n')
            .Should()
            .SatisfyRespectively(
                first =>
                    first
                        .Should()
                        .StartWith(
                            "image postgres:17.6-alpine: Its registry gives no digest: ERROR: docker.io/library/postgres:17.6-alpine: not found."
                        ),
                second => second.Should().StartWith("image redis:8.0.3-alpine: Its registry gives no digest: ERROR: toomanyrequests.")
            );
    }

    [Fact]
    public async Task Without_a_client_nobody_can_be_asked()
    {
        shell.Programs.Clear();

        var failure = await FluentActions.Awaiting(RunAsync).Should().ThrowAsync<UserErrorException>();

        failure.Which.ExitCode.Should().Be(2);
        failure.Which.Message.Should().StartWith("docker: There is no Docker client on the PATH.");
    }

    private Task<int> RunAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, Source);
        return new ImagePins(new Workspace(root.Path), shell, output).RunAsync(CancellationToken.None);
    }
}
