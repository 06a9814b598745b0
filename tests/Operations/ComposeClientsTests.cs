using System.Diagnostics;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>Compose's clients are a shell's here: what counts is how they were called.</summary>
public sealed class ComposeClientsTests : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly Naming naming = new("clients", $"of-{Environment.ProcessId}");
    private readonly StringWriter output = new();

    private string Ended => Path.Combine(root.Path, "ended");

    public void Dispose()
    {
        output.Dispose();
        root.Dispose();
    }

    [Theory]
    [InlineData("up", "--detach")]
    [InlineData("--profile", "steps", "up", "web")]
    [InlineData("down", "--remove-orphans")]
    public async Task One_that_changes_the_stack_is_waited_for(params string[] arguments)
    {
        if (!OperatingSystem.IsLinux()) return;
        using var client = Start($"sleep 1; touch {Ended}", naming.Name, arguments);

        await ComposeClients.WaitAsync(naming, output, default);

        File.Exists(Ended).Should().BeTrue();
        output.ToString().Should().Be($"{naming.Name}: A command that ended left Compose running (pid {client.Id}); waiting for it to end.\n");
    }

    [Theory]
    [InlineData("", "logs", "--follow")]
    [InlineData("", "run", "web")]
    [InlineData("-other", "up")]
    public async Task One_that_reads_or_is_of_another_stack_is_not(string suffix, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux()) return;
        using var client = Start("cat", naming.Name + suffix, arguments);
        try
        {
            await ComposeClients.WaitAsync(naming, output, default);

            output.ToString().Should().BeEmpty();
        }
        finally
        {
            client.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task The_wait_can_be_interrupted()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var client = Start("cat", naming.Name, ["up"]);
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        try
        {
            await FluentActions
                .Awaiting(() => ComposeClients.WaitAsync(naming, output, interrupt.Token))
                .Should()
                .ThrowAsync<OperationCanceledException>();
        }
        finally
        {
            client.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string script, string project, string[] arguments)
    {
        // A shell with a trap stays what it is, and does not become the last program that it starts.
        var start = new ProcessStartInfo("sh", ["-c", $"trap : USR1; {script}", "docker", "compose", "--project-name", project, .. arguments])
        {
            RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }
}
