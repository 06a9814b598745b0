using Xunit.Sdk;

namespace Infra.Tests.Support;

public sealed class SnapshotTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("snapshot").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_difference_shows_both_files_and_the_first_line_that_differs()
    {
        File.WriteAllText(Verified, "one\ntwo\nthree\n");

        var match = () => Snapshot.Match("one\n2\n3\n", folder, "Numbers", "txt", accepts: false);

        match.Should().Throw<FailException>().WithMessage($"Line 2 differs.\n  - two\n  + 2\n  accepted: {Verified}\n  received: {Received}*");
        File.ReadAllText(Received).Should().Be("one\n2\n3\n");
    }

    [Fact]
    public void What_was_never_accepted_differs()
    {
        var match = () => Snapshot.Match("one\n", folder, "Numbers", "txt", accepts: false);

        match.Should().Throw<FailException>();
    }

    [Fact]
    public void Accepting_replaces_the_file_and_removes_the_received_one()
    {
        File.WriteAllText(Received, "one\n");

        Snapshot.Match("one\n", folder, "Numbers", "txt", accepts: true);

        File.ReadAllText(Verified).Should().Be("one\n");
        File.Exists(Received).Should().BeFalse();
    }

    private string Verified => Path.Combine(folder, "Numbers.verified.txt");

    private string Received => Path.Combine(folder, "Numbers.received.txt");
}
