using Infra.Model;

namespace Infra.Tests.Model;

public sealed class FindingTests
{
    [Fact]
    public void Those_that_differ_in_their_place_alone_are_told_once()
    {
        Finding Of(string where, string what, Severity severity = Severity.Warning) => new("PIDS", severity, where, what, "Set one.");

        Finding
            .Merge([Of("web", "No limit."), Of("db", "Too many."), Of("worker", "No limit."), Of("beat", "No limit.", Severity.Error)])
            .Select(finding => finding.ToString())
            .Should()
            .Equal("warning PIDS web, worker: No limit. Set one.", "warning PIDS db: Too many. Set one.", "error PIDS beat: No limit. Set one.");
    }
}
