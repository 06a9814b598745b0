using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;
using Infra.Tests.Offline;

namespace Infra.Tests.Systems;

/// <summary>The Dockerfiles of the systems, and of the stacks <c>dev</c> and <c>prod</c>, by the rules that <c>check</c> holds others' to.</summary>
public sealed class SampleDockerfilesTests
{
    public static TheoryData<string> Systems => new(SystemStacks.Names);

    [Theory, MemberData(nameof(Systems))]
    public async Task No_rule_finds_anything_in_them(string stack)
    {
        var workspace = new Workspace(Repository.Root);
        var loaded = await StackLoader.LoadAsync(workspace, stack, images: ImageSource.Registry);

        DockerfileFindings.Find(ReviewedStack.From(workspace, loaded)).Select(finding => finding.ToString()).Should().BeEmpty();
    }
}
