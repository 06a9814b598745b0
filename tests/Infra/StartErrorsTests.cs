using Infra.Engine;
using Infra.Tests.Offline;

namespace Infra.Tests.CommandLines;

public sealed class StartErrorsTests : IDisposable
{
    private readonly StringWriter told = new();

    public void Dispose() => told.Dispose();

    [Theory]
    [InlineData("Password: ")]
    [InlineData("Error: no such table\n")]
    [InlineData("a\nOCI ")]
    public void What_the_command_prints_comes_through_at_once(string text)
    {
        using var errors = new StartErrors(told);

        errors.Write(text);

        told.ToString().Should().Be(text.EndsWith("OCI ", StringComparison.Ordinal) ? "a\n" : text, "only what may yet be the engine's is waited for");
        errors.Finish();
        told.ToString().Should().Be(text);
        errors.Refusal.Should().BeNull();
    }

    [Theory]
    [InlineData("OCI runtime create failed: runc create failed: unable to start container process: exec: \"/x/y\": stat /x/y: no such file or directory", "/x/y", 127)]
    [InlineData("Error response from daemon: OCI runtime create failed: unable to start container process: exec: \"./manage.py\": permission denied: unknown", "./manage.py", 126)]
    public void The_engines_own_words_are_kept_back(string line, string program, int code)
    {
        using var errors = new StartErrors(told);

        errors.Write($"before\n{line}\r\nafter\n");

        told.ToString().Should().Be("before\nafter\n");
        (errors.Refusal!.Program, errors.Refusal.Code).Should().Be((program, code));
    }

    [UnixFact]
    public async Task A_real_program_is_heard_as_it_writes()
    {
        using var root = new TemporaryFolder();
        using var errors = new StartErrors(told);

        (await new Shell(root.Path).AttachAsync("sh", ["-c", "printf 'half a line' >&2; exit 3"], errors)).Should().Be(3);

        told.ToString().Should().Be("half a line");
    }
}
