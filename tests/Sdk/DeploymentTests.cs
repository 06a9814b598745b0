using Pulumi;
using Pulumi.Utilities;

namespace Infra.Tests.Sdk;

public sealed class DeploymentTests
{
    [Fact]
    public async Task A_run_knows_its_names()
    {
        var result = "";

        await Deployment.TestAsync(new EchoMocks(), new() { RootDirectory = "/somewhere" }, () =>
        {
            var run = Deployment.Instance;
            result = $"{run.OrganizationName}/{run.ProjectName}/{run.StackName} {run.RootDirectory} {run.IsDryRun}";
        });

        result.Should().Be("organization/project/stack /somewhere True");
    }

    [Fact]
    public void There_is_no_instance_outside_a_run() =>
        FluentActions.Invoking(() => Deployment.Instance).Should().Throw<InvalidOperationException>()
            .WithMessage("Trying to acquire Deployment.Instance before 'Run' was called.");

    [Fact]
    public async Task Runs_do_not_meet()
    {
        var names = await Task.WhenAll(Enumerable.Range(0, 20).Select(NameAsync));

        names.Should().Equal(Enumerable.Range(0, 20).Select(number => $"stack{number}/stack{number}-thing"));
    }

    [Fact]
    public async Task Names_may_be_given_twice()
    {
        var resources = await Deployment.TestAsync(new EchoMocks(), new(), () =>
        {
            _ = new Thing("same");
            _ = new Thing("same");
        });

        resources.Should().HaveCount(2);
    }

    private static async Task<string> NameAsync(int number)
    {
        Output<string>? name = null;
        await Deployment.TestAsync(new EchoMocks(), new() { StackName = $"stack{number}" }, async () =>
        {
            await Task.Yield();
            var thing = new Thing($"{Deployment.Instance.StackName}-thing");
            name = thing.Name.Apply(value => $"{Deployment.Instance.StackName}/{value}");
        });

        return await OutputUtilities.GetValueAsync(name!);
    }
}
