using System.Collections.Immutable;
using System.Net.Sockets;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class BuildContextTests : IDisposable
{
    private static readonly BuiltImage App = new("app", "app");

    private readonly TemporaryRoot root = new();

    public BuildContextTests()
    {
        Write("Dockerfile", "FROM scratch\n");
        Write("src/main.py", "print()\n");
        Write(".dockerignore", "*.md\ntests/\nDockerfile\n");
    }

    public void Dispose() => root.Dispose();

    [Fact]
    public void The_same_content_has_the_same_hash_whatever_its_times()
    {
        var before = Hash();

        File.SetLastWriteTimeUtc(PathOf("src/main.py"), DateTime.UnixEpoch);

        Hash().Should().Be(before).And.MatchRegex("^[0-9a-f]{64}$");
    }

    [Theory]
    [InlineData("src/main.py", "print(2)\n")]
    [InlineData("src/new.py", "")]
    [InlineData("Dockerfile", "FROM busybox\n")]
    [InlineData(".dockerignore", "")]
    public void A_file_that_is_built_from_counts(string path, string text)
    {
        var before = Hash();

        Write(path, text);

        Hash().Should().NotBe(before);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("tests/test_main.py")]
    public void A_file_that_is_left_out_does_not(string path)
    {
        var before = Hash();

        Write(path, "text");

        Hash().Should().Be(before);
    }

    [Fact]
    public void A_renamed_file_counts()
    {
        var before = Hash();

        File.Move(PathOf("src/main.py"), PathOf("src/other.py"));

        Hash().Should().NotBe(before);
    }

    [Fact]
    public void A_file_that_can_be_run_counts_as_such()
    {
        if (OperatingSystem.IsWindows()) return;
        var before = Hash();

        File.SetUnixFileMode(PathOf("src/main.py"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Hash().Should().NotBe(before);
    }

    [Fact]
    public void How_it_is_built_counts()
    {
        var arguments = ImmutableSortedDictionary<string, string>.Empty.Add("A", "1");

        new[]
        {
            Hash(),
            Hash(App with { Target = "x" }),
            Hash(App with { Args = arguments }),
            Hash(App with { Network = "host" }),
            Hash(App with { Platforms = ["linux/arm64"] }),
            Hash(App with { Base = new BuiltImage("base", "app") }),
            Hash(App with { Base = new BuiltImage("base", "app") { Target = "y" } }),
        }
            .Should()
            .OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_broken_link_is_no_reason_to_fail()
    {
        File.CreateSymbolicLink(PathOf("src/nowhere"), "gone");

        Hash().Should().HaveLength(64);
    }

    [UnixFact]
    public void A_folder_that_cannot_be_read_is_named_with_what_to_do()
    {
        Write("src/closed/secret.py", "");
        Close("src/closed");

        Rejecting()
            .Should()
            .Throw<UserErrorException>()
            .WithMessage(
                "app/src/closed: It goes into the image 'app', and cannot be read: Access to the path '*/src/closed' is denied. "
                    + "Make it readable, or leave it out by .dockerignore."
            );
    }

    [UnixFact]
    public void A_folder_that_is_left_out_need_not_be_readable()
    {
        Write("src/closed/secret.py", "");
        Write(".dockerignore", "src/closed\n!src/open\n");
        Close("src/closed");

        Rejecting().Should().NotThrow();
    }

    [UnixTheory]
    [InlineData(
        ".dockerignore",
        "*/app/.dockerignore: It says what goes into the image, and cannot be read: Access to the path '*/.dockerignore' is denied. Make it readable."
    )]
    [InlineData(
        "src/main.py",
        "app/src/main.py: It goes into the image 'app', and cannot be read: Access to the path '*/src/main.py' is denied. "
            + "Make it readable, or leave it out by .dockerignore."
    )]
    public void A_file_that_cannot_be_read_is_named_with_what_to_do(string file, string message)
    {
        Close(file);

        Rejecting().Should().Throw<UserErrorException>().WithMessage(message);
    }

    [UnixFact]
    public void A_pipe_and_a_socket_are_not_read()
    {
        using var pipe = System.Diagnostics.Process.Start("mkfifo", [PathOf("src/pipe")]);
        pipe.WaitForExit();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(PathOf("src/socket")));

        Hash().Should().HaveLength(64);
    }

    [Fact]
    public void A_file_of_more_than_2_GiB_is_read_piece_by_piece()
    {
        using (var large = File.Create(PathOf("src/large"))) large.SetLength(int.MaxValue + 10L);

        Hash().Should().HaveLength(64);
    }

    private void Close(string path)
    {
        Modes.Set(root.Path, "755");
        Modes.Set(PathOf(path), "000");
    }

    private Action Rejecting() => () => OtherUser.Run(() => Hash());

    private string Hash(BuiltImage? image = null) => BuildContext.Hash(root.Path, image ?? App);

    private string PathOf(string path) => Path.Combine(root.Path, "app", path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }
}
