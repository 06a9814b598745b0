using System.Globalization;

namespace Infra.Tests.EndToEnd.Systems;

/// <summary>Watch mode, ended as by Ctrl-C: Compose keeps a second one out until the first is gone.</summary>
internal sealed class Watching(Program program) : IAsyncDisposable
{
    public string Output => program.Output;

    public static async Task<Watching> StartAsync(Project project)
    {
        var program = project.Start("watch", project.Stack);
        await Eventually.SeesAsync(
            "watch mode",
            TimeSpan.FromSeconds(90),
            () => Task.FromResult(program.Output),
            said => said.Contains("Watch enabled", StringComparison.Ordinal)
        );
        return new Watching(program);
    }

    public async ValueTask DisposeAsync()
    {
        await Program.RunAsync("kill", ["-INT", "--", $"-{program.Id.ToString(CultureInfo.InvariantCulture)}"]);
        await program.EndAsync();
        program.Dispose();
    }
}
