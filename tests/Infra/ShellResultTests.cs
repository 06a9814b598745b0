using Infra.Engine;

namespace Infra.Tests.CommandLines;

public sealed class ShellResultTests
{
    [Theory]
    [InlineData("{\"json\": true}", "first\nno such host\n\n", "no such host.")]
    [InlineData("building\nit broke!\n", "", "it broke!")]
    [InlineData("", "Is it running?", "Is it running?")]
    [InlineData("", "", "It gave no message, only the exit code 3.")]
    public void The_reason_is_the_last_line_as_a_sentence(string output, string error, string reason)
        => new ShellResult(3, output, error).Reason.Should().Be(reason);
}
