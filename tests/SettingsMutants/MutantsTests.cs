using System.Collections.Concurrent;
using Infra.Model;
using Infra.Operations.Loading;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using Pulumi;
using Pulumi.Testing;

namespace Infra.Tests.SettingsMutants;

/// <summary>
/// Whatever is changed in a settings file that works, it is refused with a sentence, or makes something that both engines take.
/// </summary>
public sealed class MutantsTests(MutantRun run) : IClassFixture<MutantRun>
{
    // The engines' client takes a tenth of a second, and the machine has others to run.
    private const int AtOnce = 2;

    [Fact]
    public void Each_is_accepted_or_refused_with_a_sentence_that_says_where_and_what_to_do()
        => run.Verdicts.SelectMany(verdict => verdict.Faults().Select(fault => $"{fault} ({verdict.Mutant})")).Should().BeEmpty(Repeat);

    [Fact]
    public void Some_are_accepted_and_some_are_not()
        => run.Accepted.Count().Should().BeInRange(run.Verdicts.Count / 10, run.Verdicts.Count * 9 / 10, Repeat);

    [ComposeFact]
    public async Task What_is_accepted_Compose_accepts()
    {
        var refused = new ConcurrentBag<string>();
        // Many a change is not to be seen in what is written.
        await Parallel.ForEachAsync(run.Accepted.DistinctBy(verdict => verdict.Compose), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (verdict, cancellationToken) =>
            {
                var file = Path.Combine(verdict.Root, FormattableString.Invariant($"compose.{verdict.Mutant.Number}.yaml"));
                await File.WriteAllTextAsync(file, verdict.Compose, cancellationToken);
                var compose = DockerCompose.Run("--file", file, "--profile", "*", "config", "--quiet");
                if (compose.ExitCode != 0 || compose.Error.Length > 0) refused.Add($"{compose.Error.Trim()} ({verdict.Mutant})");
            });

        refused.Should().BeEmpty(Repeat);
    }

    [Fact]
    public async Task What_is_accepted_Pulumi_takes()
    {
        var failed = new List<string>();
        foreach (var verdict in run.Accepted.DistinctBy(verdict => verdict.Compose))
        {
            var stack = await StackLoader.LoadAsync(run.Workspace(verdict), MutantProjects.Stack);
            if (ContainerTarget.Review(stack.Topology).Any(finding => finding.Severity == Severity.Error)) continue;
            if (await PulumiAsync(stack.Settings) is { } fault) failed.Add($"{fault} ({verdict.Mutant})");
        }

        failed.Should().BeEmpty(Repeat);
    }

    [Fact]
    public void What_is_accepted_editors_take()
        => run.Accepted.Select(verdict => (verdict, Problems: SettingsSchemaFile.Problems(verdict.Mutant.Text)))
            .Where(each => each.Problems.Length > 0).Select(each => $"{each.Problems} ({each.verdict.Mutant})").Should().BeEmpty(Repeat);

    private static string Repeat => FormattableString.Invariant($"{MutantRun.SeedVariable}={MutantRun.Seed} repeats it");

    private static async Task<string?> PulumiAsync(Settings settings)
    {
        var host = new ContainerHost(settings.Naming, new FakeSecrets());
        try
        {
            await Deployment.TestWithServiceProviderAsync<Stack>(new RecordingMocks(),
                StackFactory.Provider(() => StackFactory.Make(host, settings, ImageSource.Registry)),
                new TestOptions { ProjectName = settings.Naming.Project, StackName = MutantProjects.Stack, RootDirectory = StackRun.Root });
            return null;
        }
        catch (Exception error) when (error is RunException or AggregateException)
        {
            return error.Message;
        }
    }
}
