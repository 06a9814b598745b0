using Infra.Tests.Support;
using Pulumi;

namespace Infra.Tests.Sdk;

[Collection(EnvironmentCollection.Name)]
public sealed class WithoutEngineTests : IDisposable
{
    private static readonly string[] s_variables =
    [
        "PULUMI_MONITOR", "PULUMI_ENGINE", "PULUMI_PROJECT", "PULUMI_STACK",
        "PULUMI_DRY_RUN", "PULUMI_QUERY_MODE", "PULUMI_PARALLEL",
    ];

    private readonly EnvironmentVariables _environment = new();

    public WithoutEngineTests()
    {
        foreach (var variable in s_variables)
            _environment[variable] = null;
    }

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task A_program_says_to_run_it_by_the_command_line()
    {
        var act = () => Deployment.RunAsync(() => { });

        await act.Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("Program run without the Pulumi engine available; re-run using the `pulumi` CLI");
    }

    [Fact]
    public async Task So_does_one_with_a_service_provider()
    {
        var act = () => Deployment.RunAsync<Stack>(new OneService(() => new Stack()));

        await act.Should().ThrowAsync<InvalidOperationException>().WithMessage("*without the Pulumi engine*");
    }
}
