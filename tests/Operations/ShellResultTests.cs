using Infra.Operations.Engine;

namespace Infra.Tests.Operations;

public sealed class ShellResultTests
{
    [Theory]
    [InlineData("{\"json\": true}", "first\nno such host\n\n", "no such host.")]
    [InlineData("building\nit broke!\n", "", "it broke!")]
    [InlineData("", "Is it running?", "Is it running?")]
    [InlineData("", "", "It gave no message, only the exit code 3.")]
    public void The_reason_is_the_last_line_as_a_sentence(string output, string error, string reason)
        => new ShellResult(3, output, error).Reason.Should().Be(reason);

    [Theory]
    [InlineData(
        "docker: Error response from daemon: No such image: sha256:1f.\n\nRun 'docker run --help' for more information\n",
        "docker: Error response from daemon: No such image: sha256:1f."
    )]
    [InlineData(
        "Unable to find image 'x:1' locally\ndocker: Error response from daemon: pull access denied for x.\nSee 'docker run --help'.\n",
        "docker: Error response from daemon: pull access denied for x."
    )]
    [InlineData(
        "rows\tpublic.a\t3\npg_dump: error: query failed: ERROR:  permission denied\npg_dump: detail: Query was: LOCK TABLE public.b\n",
        "pg_dump: error: query failed: ERROR:  permission denied."
    )]
    [InlineData(
        "tar: a: Cannot mkdir: Permission denied\ntar: Exiting with failure status due to previous errors\n",
        "tar: a: Cannot mkdir: Permission denied."
    )]
    [InlineData("tar: Unexpected EOF in archive\ntar: Error is not recoverable: exiting now\n", "tar: Unexpected EOF in archive.")]
    public void What_leads_elsewhere_or_follows_from_it_is_not_the_reason(string error, string reason)
        => new ShellResult(1, "", error).Reason.Should().Be(reason);
}
