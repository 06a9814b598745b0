using Infra.Operations.ComposeInput;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.Project;

namespace Infra.Cli.Verbs;

/// <summary>Checks Compose files that are nobody's stack.</summary>
internal static class CheckedFiles
{
    public static async Task<int> RunAsync(Session session, CheckRequest asked, FilesOptions options, CancellationToken cancellationToken)
    {
        var sources = ComposeSource.FindEach(asked.Arguments).Select(source => source with
        {
            EnvFiles = [.. options.EnvFiles.Select(Path.GetFullPath)],
            Profiles = options.Profiles is { Length: > 0 } profiles ? [.. profiles] : source.Profiles,
        });
        var report = await ComposeCheck.RunAsync(
            session.Shell,
            [.. sources],
            options.Waivers is { } file ? Path.GetFullPath(file) : null,
            Directory.GetCurrentDirectory(),
            cancellationToken
        );
        session.Out.Write(ReportFormat.Write(report, asked.Format));
        return CheckRequest.Code(report.Has(asked.Least));
    }
}
