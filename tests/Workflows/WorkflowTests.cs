using System.Diagnostics;
using System.Text.RegularExpressions;
using Infra.Tests.Offline;
using Infra.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests.Workflows;

/// <summary>What can be known of a workflow before it runs.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] TopKeys = ["name", "on", "permissions", "concurrency", "env", "defaults", "jobs"];

    private static readonly string[] JobKeys =
    [
        "name",
        "needs",
        "if",
        "runs-on",
        "timeout-minutes",
        "strategy",
        "env",
        "permissions",
        "steps",
        "outputs",
        "concurrency",
        "services",
        "container",
        "defaults",
        "continue-on-error",
    ];

    private static readonly string[] StepKeys =
    [
        "name",
        "id",
        "if",
        "uses",
        "with",
        "run",
        "env",
        "working-directory",
        "shell",
        "timeout-minutes",
        "continue-on-error",
    ];

    public static TheoryData<string> Files => [.. WorkflowFile.Names];

    [Fact]
    public void There_is_one_for_tests_one_for_the_preview_and_one_for_the_image() =>
        WorkflowFile.Names.Should().Contain(["image.yml", "preview.yml", "test.yml"]);

    [Theory, MemberData(nameof(Files))]
    public void Its_keys_are_those_that_GitHub_knows(string file)
    {
        var workflow = WorkflowFile.Read(file);

        WorkflowFile.Keys(workflow.Root).Should().BeSubsetOf(TopKeys).And.Contain(["name", "on", "jobs"]);
        foreach (var (_, job) in workflow.Jobs)
            WorkflowFile.Keys(job).Should().BeSubsetOf(JobKeys).And.Contain(["runs-on", "steps", "timeout-minutes"]);
        foreach (var step in workflow.Steps)
        {
            WorkflowFile.Keys(step).Should().BeSubsetOf(StepKeys);
            WorkflowFile.Keys(step).Intersect(["uses", "run"]).Should().ContainSingle("a step does one or the other");
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void A_job_needs_jobs_that_are_there(string file)
    {
        var jobs = WorkflowFile.Read(file).Jobs.ToArray();

        jobs.Select(job => WorkflowFile.Value(job.Job, "needs")).OfType<string>().Should().BeSubsetOf(jobs.Select(job => job.Name));
    }

    [Theory, MemberData(nameof(Files))]
    public void It_may_read_and_no_more_unless_a_job_says_so(string file)
    {
        var workflow = WorkflowFile.Read(file);

        ((YamlMappingNode)workflow.Root["permissions"]).Children.Select(each => $"{each.Key}: {each.Value}").Should().Equal("contents: read");
        foreach (var (name, job) in workflow.Jobs.Where(job => job.Job.Children.ContainsKey("permissions")))
            ((YamlMappingNode)job["permissions"])
                .Children.Select(each => $"{each.Key}: {each.Value}")
                .Should()
                .BeSubsetOf(["contents: read", "pull-requests: write", "packages: write"], name);
    }

    [Theory, MemberData(nameof(Files))]
    public void Forks_get_no_secret(string file)
    {
        var workflow = WorkflowFile.Read(file);

        WorkflowFile.Keys(workflow.Root["on"]).Should().NotContain("pull_request_target");
        // What is pushed here is not from a fork.
        if (!WorkflowFile.Keys(workflow.Root["on"]).Contains("pull_request"))
            return;
        foreach (
            var (name, job) in workflow.Jobs.Where(job =>
                job.Job.Children.ContainsKey("permissions") || Written(job.Job).Contains("secrets.", StringComparison.Ordinal)
            )
        )
            WorkflowFile.Value(job, "if").Should().Contain("github.event.pull_request.head.repo.full_name == github.repository", name);
    }

    [Theory, MemberData(nameof(Files))]
    public void Actions_are_pinned_to_a_commit(string file) =>
        WorkflowFile
            .Read(file)
            .Steps.Select(step => WorkflowFile.Value(step, "uses"))
            .OfType<string>()
            .Should()
            .OnlyContain(action => Pinned().IsMatch(action));

    [Theory, MemberData(nameof(Files))]
    public void A_checkout_leaves_no_credentials_behind(string file) =>
        WorkflowFile
            .Read(file)
            .Steps.Where(step => WorkflowFile.Value(step, "uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true)
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(step => step["with"]["persist-credentials"].ToString() == "false");

    [Theory, MemberData(nameof(Files))]
    public void No_script_is_put_together_from_what_others_wrote(string file)
        => WorkflowFile.Read(file).Scripts.Should().NotContain(script => script.Contains("${{", StringComparison.Ordinal));

    [Theory, MemberData(nameof(Files))]
    public void Its_scripts_are_shell(string file)
    {
        foreach (var script in WorkflowFile.Read(file).Scripts)
        {
            using var bash = Process.Start(new ProcessStartInfo("bash", ["-n", "-c", script]) { RedirectStandardError = true })!;
            var reason = bash.StandardError.ReadToEnd();
            bash.WaitForExit();
            bash.ExitCode.Should().Be(0, reason);
        }
    }

    [Theory, MemberData(nameof(Files))]
    public async Task Our_own_commands_are_there_with_their_options(string file)
    {
        foreach (var script in WorkflowFile.Read(file).Scripts)
        {
            foreach (Match program in Programs().Matches(script))
                File.Exists(Path.Combine(Repository.Root, program.Groups["file"].Value)).Should().BeTrue(program.Value);
            foreach (Match command in Commands().Matches(script))
            {
                using var run = new CommandLineRun(FakeShell.Bare());
                (await run.RunAsync(command.Groups["verb"].Value, "--help")).Should().Be(0, command.Value);
                var options = Options().Matches(command.Groups["rest"].Value).Select(option => option.Value);
                run.Out.Split([' ', '\n', ','], StringSplitOptions.RemoveEmptyEntries)
                    .Should()
                    .Contain(options.Prepend(command.Groups["verb"].Value), command.Value);
            }
        }
    }

    [Fact]
    public void The_preview_ends_in_an_error_of_the_rules()
    {
        var scripts = WorkflowFile.Read("preview.yml").Scripts.ToArray();

        scripts
            .Should()
            .Contain(script =>
                script.Contains("./infra.sh check \"$STACK\"", StringComparison.Ordinal) && !script.Contains("|| true", StringComparison.Ordinal)
            );
        scripts.Should().Contain(script => script.Contains("--format markdown >> \"$GITHUB_STEP_SUMMARY\"", StringComparison.Ordinal));
        scripts
            .Should()
            .Contain(script => script.Contains("docker compose", StringComparison.Ordinal) && script.Contains("config", StringComparison.Ordinal));
    }

    [Fact]
    public void The_preview_is_of_every_stack()
    {
        var (_, check) = WorkflowFile.Read("preview.yml").Jobs.Single(job => job.Name == "check");
        var files = Directory
            .EnumerateFiles(Repository.Root, "Pulumi.*.yaml")
            .Select(file => Path.GetFileName(file)["Pulumi.".Length..^".yaml".Length]);

        ((YamlSequenceNode)check["strategy"]["matrix"]["stack"]).Select(stack => stack.ToString()).Should().BeEquivalentTo(files);
    }

    [Fact]
    public void The_style_is_checked_as_the_contributors_page_says()
    {
        const string Style = "dotnet format Infra.sln --no-restore --verify-no-changes\n";

        WorkflowFile.Read("test.yml").Scripts.Should().ContainSingle(script => script.Contains(Style, StringComparison.Ordinal));
        File.ReadAllText(Repository.PathOf(".ci", "run")).Should().Contain(Style);
    }

    private static string Written(YamlMappingNode job) => string.Join('\n', job.AllNodes.OfType<YamlScalarNode>().Select(node => node.Value));

    [GeneratedRegex("^[^@]+@[0-9a-f]{40}$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\./(?<file>[\w./-]+)")]
    private static partial Regex Programs();

    [GeneratedRegex(@"\./infra\.sh (?<verb>[a-z]+)(?<rest>[^\n|>]*)")]
    private static partial Regex Commands();

    [GeneratedRegex(@"(?<= )--?[a-z][a-z-]*")]
    private static partial Regex Options();
}
