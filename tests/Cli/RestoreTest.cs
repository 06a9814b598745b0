using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>A stack that runs, and a backup of it to restore.</summary>
public abstract class RestoreTest : IDisposable
{
    private protected CommandLineRun Run { get; } = new(FakeShell.WithEngine().Running(FakeContainers.All()).Dumping());

    public void Dispose()
    {
        Run.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string Backup => Directory.GetDirectories(Run.PathOf("backups/dev")).Should().ContainSingle().Subject;

    protected async Task<int> BackUpAsync(params string[] service)
    {
        (await Run.RunAsync(["backup", "dev", .. service])).Should().Be(0, Run.Error);
        return Run.Shell.Changes.Count();
    }

    // Each as its verb, its container and its step: what lies in between are scripts. One beside a service counts as that.
    protected string[] Changes(int before) =>
        [
            .. Run
                .Shell.Changes.Skip(before)
                .Select(line =>
                {
                    var arguments = line.Replace("shop-dev-restore-", "id-", StringComparison.Ordinal).Split(' ');
                    var container = arguments.First(word => word.StartsWith("id-"));
                    return string.Join(' ', arguments[..2].Append(container).Concat(arguments[1] is "stop" or "start" ? [] : [arguments[^1]]));
                }),
        ];
}
