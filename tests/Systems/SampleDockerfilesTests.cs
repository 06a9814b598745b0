using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Tests.Offline;

namespace Infra.Tests.Systems;

/// <summary>The Dockerfiles of the systems, and of the stacks <c>dev</c> and <c>prod</c>, by the rules that <c>check</c> holds others' to.</summary>
public sealed class SampleDockerfilesTests(SystemStacks stacks) : IClassFixture<SystemStacks>
{
    public static TheoryData<string> Systems => new(SystemStacks.Names);

    [Theory, MemberData(nameof(Systems))]
    public void No_rule_finds_anything_in_them(string stack)
        => DockerfileFindings.Find(new Workspace(Repository.Root), stacks[stack]).Select(finding => finding.ToString()).Should().BeEmpty();
}
