using Infra.Operations.Engine;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Program;

/// <summary>Plain <c>pulumi up</c> keeps what ran until then as a release.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class KeptReleaseTests : IDisposable
{
    private readonly EnvironmentVariables variables = new();
    private readonly FakeShell shell = FakeShell.WithEngine().On("docker tag").On("docker import").On("docker image ls");

    public KeptReleaseTests() => (variables["PULUMI_DRY_RUN"], variables[StackLocks.HeldVariable]) = ("false", null);

    public void Dispose() => variables.Dispose();

    [Fact]
    public async Task What_runs_when_it_begins_is_kept()
    {
        shell.Running(FakeContainers.Container("web", engine: "pulumi", stack: "shop-prod"));

        (await KeepAsync()).Warnings.Should().BeEmpty();

        shell.Changes.Should().HaveCount(2).And.StartWith("docker tag sha256:web shop-prod-app:release-1-web");
    }

    [Theory]
    [InlineData("PULUMI_DRY_RUN", "true")]
    [InlineData(StackLocks.HeldVariable, "/run/lock/infra/one")]
    public async Task A_preview_keeps_nothing_nor_does_what_the_command_line_has_started(string variable, string value)
    {
        variables[variable] = value;

        await KeepAsync();

        shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task An_engine_that_does_not_take_it_is_a_warning()
    {
        shell.Running(FakeContainers.Container("web", engine: "pulumi", stack: "shop-prod")).On("docker tag", exitCode: 1, error: "it is busy");

        (await KeepAsync()).Warnings.Should().Equal("shop-prod: The release was not recorded: it is busy.");
    }

    private async Task<Preflight> KeepAsync()
    {
        const string Text = """
            config:
              infra:environment: prod
              infra:app: { context: app }
              infra:services: { web: { command: serve } }
              infra:proxy: { enabled: false }
              infra:backup: { enabled: false }
              infra:monitoring: { enabled: false }

            """;
        var settings = SettingsOf.Exactly(Text, "prod");
        var topology = await StackFactory.GatherAsync(settings);
        var stack = new ReviewedStack(new Workspace("/srv/shop"), settings, SettingsOf.Source(Text, "prod"), topology);
        return await PulumiProgram.KeepReleaseAsync(shell, stack, ImageSource.Registry, new Preflight([], []));
    }
}
