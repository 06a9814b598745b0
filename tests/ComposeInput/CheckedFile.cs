using Infra.Operations.ComposeInput;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.Engine;
using Infra.Operations.Findings;
using Infra.Tests.Offline;

namespace Infra.Tests.ComposeInput;

/// <summary>A folder with a Compose file of the test's own.</summary>
internal sealed class CheckedFile : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Path => folder.Path;

    public void Dispose() => folder.Dispose();

    public CheckedFile With(string file, string text)
    {
        folder.Write(file, text);
        return this;
    }

    public Task<FindingReport> CheckAsync(string? waivers = null) =>
        ComposeCheck.RunAsync(new Shell(folder.Path), [ComposeSource.Find([folder.Path])], waivers, folder.Path);

    /// <summary>What is found of one rule, as the text has it.</summary>
    public async Task<string[]> FindAsync(string rule) =>
        [.. TextReport.Write(await CheckAsync(), folder.Path).Split('\n').Where(line => line.Contains($" {rule} ", StringComparison.Ordinal))];
}
