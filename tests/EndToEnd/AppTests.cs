using Infra.Tests.Offline;

namespace Infra.Tests.EndToEnd;

public sealed class AppTests(DevStack stack) : EndToEndTest(stack)
{
    [EndToEndFact]
    public async Task The_applications_own_tests_and_types_hold()
    {
        CommandResult result = await Program.RunAsync(Repository.PathOf("app", "test.sh"), ["-q", "-p", "no:cacheprovider"]);

        result.ExitCode.Should().Be(0, result.ToString());
        result.Output.Should().MatchRegex(@"(?m)^\.{20,} +\[100%\]").And.Contain("no issues found");
    }

    [EndToEndFact]
    public async Task The_tests_and_types_of_the_components_programs_hold()
    {
        CommandResult result = await Program.RunAsync(Repository.PathOf("components", "test.sh"), ["-q"]);

        result.ExitCode.Should().Be(0, result.ToString());
        result.Output.Should().MatchRegex(@"(?m)^\.{15,} +\[100%\]").And.Contain("no issues found");
    }
}
