using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class LogsTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.WithEngine().Running(FakeContainers.All()));

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_broken_line_of_one_log_hides_neither_the_others_nor_what_comes()
    {
        run.Shell.Running(FakeContainers.Container("web"), FakeContainers.Container("redis"))
            .On(
                $"{FakeShell.Logs} docker --follow --tail 100 id-web",
                "old\nerror from daemon in stream: Error grabbing logs: invalid character 'l' after object key\n",
                1
            )
            .On($"{FakeShell.Logs} docker --follow --tail 0 id-web", "fresh\n")
            .On($"{FakeShell.Logs} docker --follow --tail 100 id-redis", "hello\n");

        (await run.RunAsync("logs", "dev", "--follow")).Should().Be(0, run.Error);

        run.Out.Should()
            .Contain("redis | hello\n")
            .And.MatchRegex(
                "web   \\| old\n(.*\n)*web   \\| \\(A line of this log is broken on the engine, as a full disk leaves it.*\n(.*\n)*web   \\| fresh\n"
            );
    }

    [Fact]
    public async Task Logs_carry_their_services_name()
    {
        run.Shell.On("sh -c exec docker logs", "one\ntwo\n");

        (await run.RunAsync("logs", "dev", "web", "--tail", "2")).Should().Be(0);

        run.Out.Should().Be("web | one\nweb | two\n");
        run.Shell.Asked.Should().Contain("sh -c exec docker logs \"$@\" 2>&1 docker --tail 2 id-web");
    }

    [Fact]
    public async Task Logs_of_every_service_follow()
    {
        run.Shell.On("sh -c exec docker logs", "line\n");

        (await run.RunAsync("logs", "dev", "-f")).Should().Be(0);

        run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(6).And.Contain("web      | line");
        run.Shell.Asked.Count(line => line.Contains("docker --follow --tail 100 id-", StringComparison.Ordinal)).Should().Be(6);
    }

    [Fact]
    public async Task Logs_that_Docker_does_not_give_are_a_failure()
    {
        run.Shell.On("sh -c exec docker logs", "line\n")
            .On(
                "sh -c exec docker logs \"$@\" 2>&1 docker --tail 100 id-web",
                "Error response from daemon: configured logging driver does not support reading\n",
                1
            );

        (await run.RunAsync("logs", "dev")).Should().Be(1);

        run.Out.Should().Contain("beat     | line\n").And.Contain("web      | Error response from daemon: ");
        run.Error.Should().Be("web: Docker did not give its log to the end (exit code 1); its last line above says why. See './infra.sh doctor'.\n");
    }

    [Fact]
    public async Task Logs_that_are_followed_until_Ctrl_C_are_no_failure()
    {
        run.Shell.On("sh -c exec docker logs", () => throw new OperationCanceledException());

        (await run.RunAsync("logs", "dev", "-f")).Should().Be(0, run.Error);
    }

    [Theory]
    [InlineData(130)]
    [InlineData(143)]
    public async Task Logs_whose_docker_the_same_signal_has_ended_are_no_failure(int bySignal)
    {
        run.Shell.On("sh -c exec docker logs", "line\n", bySignal);

        (await run.RunAsync("logs", "dev", "-f")).Should().Be(0, run.Error);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    public Task Logs_of_a_number_of_lines_that_is_none(string tail) => run.RefusesAsync(
        $"logs: --tail: '{tail}' is not a number from 0, nor 'all'.\nSee './infra.sh logs --help'.", "logs", "dev", "--tail", tail);

    [Theory]
    [InlineData("0")]
    [InlineData("all")]
    public async Task Logs_from_the_end_or_the_beginning(string tail)
    {
        run.Shell.On("sh -c exec docker logs");

        (await run.RunAsync("logs", "dev", "--tail", tail)).Should().Be(0, run.Error);
    }
}
