using System.Text.RegularExpressions;
using Infra.Tests.Offline;
using Infra.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests.Workflows;

/// <summary>The GitHub action and the pre-commit hook that check Compose files, and the scripts that they run.</summary>
public sealed partial class ActionTests : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly YamlMappingNode action = (YamlMappingNode)Load("action.yml");

    public ActionTests()
    {
        Directory.CreateDirectory(Path.Combine(root.Path, "ci"));
        foreach (var script in new[] { "action.sh", "pre-commit.sh" })
            File.Copy(Repository.PathOf("ci", script), Path.Combine(root.Path, "ci", script));
        // A command line that says how it is called, and finds something where it is told so.
        root.Write(
            "infra.sh",
            "#!/bin/sh\necho \"$*\" >>\"$ASKED\"\necho \"report of $*\"\ncase \"$*\" in *bad*) exit 1 ;; *worse*) exit 2 ;; esac\n"
        );
        Modes.MakeProgram(Path.Combine(root.Path, "infra.sh"));
    }

    private string[] Asked => File.ReadAllLines(Path.Combine(root.Path, "asked"));

    public void Dispose() => root.Dispose();

    [Fact]
    public void The_action_is_composite_and_each_of_its_steps_is_pinned()
    {
        WorkflowFile.Keys(action).Should().Contain(["name", "description", "inputs", "runs"]);
        ((string?)action["runs"]["using"]).Should().Be("composite");
        foreach (var step in ((YamlSequenceNode)action["runs"]["steps"]).Cast<YamlMappingNode>())
            if (WorkflowFile.Value(step, "uses") is { } uses) Pinned().IsMatch(uses).Should().BeTrue(uses);
            else WorkflowFile.Value(step, "shell").Should().Be("bash");
    }

    [Fact]
    public void Each_input_is_used_and_each_that_is_used_is_one()
    {
        var text = File.ReadAllText(Repository.PathOf("action.yml"));
        var used = Input().Matches(text).Select(match => match.Groups[1].Value).Distinct();

        used.Should().BeEquivalentTo(WorkflowFile.Keys(action["inputs"]));
        // A value that a caller gives is no part of a script.
        foreach (var step in ((YamlSequenceNode)action["runs"]["steps"]).Cast<YamlMappingNode>())
            WorkflowFile.Value(step, "run")?.Should().NotContain("${{");
    }

    [Fact]
    public void Its_setup_is_that_of_the_workflows() =>
        File.ReadAllText(Repository.PathOf("action.yml")).Should().Contain(Setup().Match(WorkflowFile.Read("test.yml").Text).Value);

    [UnixFact]
    public void The_hook_is_of_Compose_files_and_its_script_is_there()
    {
        var hook = (YamlMappingNode)((YamlSequenceNode)Load(".pre-commit-hooks.yaml")).Children.Single();
        var files = new Regex(WorkflowFile.Value(hook, "files")!);

        WorkflowFile.Keys(hook).Should().Contain(["id", "name", "entry", "language"]);
        Modes.Of(Repository.PathOf(WorkflowFile.Value(hook, "entry")!)).Should().MatchRegex("^7..$", "it is run");
        new[] { "compose.yaml", "a/docker-compose.prod.yml", "compose.override.yml", "docker-compose-dev.yaml" }.Should()
            .OnlyContain(file => files.IsMatch(file));
        new[] { "docker-composer.yaml", "compose.py", "mycompose.yaml" }.Should().OnlyContain(file => !files.IsMatch(file));
    }

    [UnixFact]
    public async Task The_action_passes_its_inputs_on()
    {
        var run = await RunAsync(
            "action.sh",
            [],
            ("CHECK_FILES", "one.yaml dev"),
            ("CHECK_PROFILES", "a b"),
            ("CHECK_ENV_FILES", "x.env"),
            ("CHECK_FAIL_ON", "warning")
        );

        run.ExitCode.Should().Be(0, run.Error);
        Asked.Should().Equal("check ./one.yaml ./dev --profile a --profile b --env-file x.env --fail-on warning --format text");
    }

    [UnixTheory]
    [InlineData("bad", 1)]
    [InlineData("worse", 2)]
    public async Task It_fails_as_the_check_does_and_leaves_its_report(string file, int code)
    {
        var report = Path.Combine(root.Path, "report.sarif");

        var run = await RunAsync("action.sh", [], ("CHECK_FILES", file), ("CHECK_FORMAT", "sarif"), ("CHECK_OUTPUT", report));

        run.ExitCode.Should().Be(code);
        (await File.ReadAllTextAsync(report)).Should().Be($"report of check ./{file} --fail-on error --format sarif\n");
    }

    [UnixFact]
    public async Task Its_steps_summary_is_the_table()
    {
        await RunAsync("action.sh", [], ("GITHUB_STEP_SUMMARY", Path.Combine(root.Path, "summary")));

        (await File.ReadAllTextAsync(Path.Combine(root.Path, "summary"))).Should().Be("report of check ./. --fail-on error --format markdown\n");
    }

    [UnixFact]
    public async Task The_hook_checks_each_folder_once_and_other_files_by_themselves()
    {
        var run = await RunAsync(
            "pre-commit.sh",
            ["--fail-on=warning", "a/compose.yaml", "a/compose.override.yml", "docker-compose.yml", "a/compose.bad.yaml", "b.yaml"]
        );

        run.ExitCode.Should().Be(1, run.Error);
        Asked.Should().Equal("check --fail-on=warning . ./a", "check --fail-on=warning ./a/compose.bad.yaml", "check --fail-on=warning ./b.yaml");
    }

    private Task<Command> RunAsync(string script, string[] arguments, params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string?> { ["GITHUB_STEP_SUMMARY"] = null, ["ASKED"] = Path.Combine(root.Path, "asked") };
        foreach (var (name, value) in variables) environment[name] = value;
        return Command.RunAsync("bash", [Path.Combine(root.Path, "ci", script), .. arguments], environment);
    }

    private static YamlNode Load(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Repository.PathOf(file))));
        return stream.Documents.Single().RootNode;
    }

    [GeneratedRegex(@"^[\w-]+/[\w-]+@[0-9a-f]{40}$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"inputs\.([\w-]+)")]
    private static partial Regex Input();

    [GeneratedRegex("actions/setup-dotnet@[0-9a-f]{40}")]
    private static partial Regex Setup();
}
