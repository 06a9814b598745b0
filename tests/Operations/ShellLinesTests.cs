using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

[Collection(EnvironmentCollection.Name)]
public sealed class ShellLinesTests
{
    [Fact]
    public async Task A_listener_that_outlives_a_killed_command_keeps_none_of_its_streams_open()
    {
        if (!OperatingSystem.IsLinux()) return;

        var streams = await LinesAsync("for stream in 0 1 2; do readlink /proc/$$/fd/$stream; done");

        streams
            .Should()
            .HaveCount(3)
            .And.NotIntersectWith(Enumerable.Range(0, 3).Select(stream => File.ResolveLinkTarget($"/proc/self/fd/{stream}", false)!.Name));
    }

    [Fact]
    public async Task What_a_listener_complains_of_is_told()
    {
        if (OperatingSystem.IsWindows()) return;
        var before = Console.Error;
        using var error = new StringWriter();
        Console.SetError(error);
        try
        {
            (await LinesAsync("echo heard; echo 'no engine' >&2")).Should().Equal("heard");
        }
        finally
        {
            Console.SetError(before);
        }

        error.ToString().Should().Be("no engine\n");
    }

    private static async Task<List<string>> LinesAsync(string script)
    {
        var lines = new List<string>();
        await foreach (var line in new Shell(Path.GetTempPath()).ReadLinesAsync("sh", ["-c", script])) lines.Add(line);
        return lines;
    }
}
