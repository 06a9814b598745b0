using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.House;

/// <summary>What <c>tests/mutants.sh</c> promises, in a project of three files with a compiler and tests that are stood in for.</summary>
public sealed class MutantsScriptTests : IDisposable
{
    private const string File = "targets/A.cs";

    // It compiles by copying. The tests read what was compiled: they fail at a fault, and end without a word where it hangs.
    private const string Dotnet = """
        #!/bin/sh
        obj=targets/obj/Debug/net10.0 bin=tests/bin/Debug/net10.0
        case $1 in
          build)
            mkdir -p "$obj/ref" "$bin"
            if grep -q 'no program' targets/A.cs; then echo 'A.cs(1,1): error CS1002: ; expected'; exit 1; fi
            grep public targets/A.cs > "$obj/ref/A.dll"
            cp targets/A.cs "$obj/A.dll"
            if [ "$2" = tests ]; then cp targets/A.cs "$bin/A.dll"; cp "$obj/ref/A.dll" "$bin/B.dll"; fi ;;
          test)
            if grep -q hang "$bin/A.dll"; then exit 1; fi
            if grep -q fault "$bin/A.dll" "$bin/B.dll" Dockerfile; then echo '  Failed Infra.Tests.Targets.ATests.It_is_well [1 ms]'; exit 1; fi
            echo 'Passed!  - Failed:     0, Passed:     1' ;;
        esac

        """;

    private readonly TemporaryFolder folder = new();

    public MutantsScriptTests()
    {
        if (OperatingSystem.IsWindows()) return;
        folder.Write(File, "one\ntwo\nthree\npublic four\n");
        folder.Write("targets/A.csproj", "");
        folder.Write("Dockerfile", "FROM scratch\n");
        folder.Write("tests/mutants.sh", System.IO.File.ReadAllText(Repository.PathOf("tests", "mutants.sh")));
        folder.Write("programs/dotnet", Dotnet);
        Modes.MakeProgram(folder.PathOf("programs/dotnet"));
    }

    public void Dispose() => folder.Dispose();

    [UnixFact]
    public async Task It_counts_what_is_killed_and_fails_where_one_survives()
    {
        var ran = await RunAsync([
            (File, "one", "fault"), (File, "two", "otherwise"), (File, "public four", "public fault"),
            (File, "three", "another"), ("Dockerfile", "scratch", "fault"),
        ]);

        ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            $"killed    {File}: one → fault  [Targets.ATests.It_is_well]",
            $"SURVIVES  {File}: two → otherwise",
            $"killed    {File}: public four → public fault  [Targets.ATests.It_is_well]",
            $"SURVIVES  {File}: three → another",
            "killed    Dockerfile: scratch → fault  [Targets.ATests.It_is_well]",
            $"No test notices: {File}: two → otherwise",
            $"No test notices: {File}: three → another",
            "3 of 5 killed");
        ran.ExitCode.Should().Be(1);
        System.IO.File.ReadAllText(folder.PathOf(File)).Should().Be("one\ntwo\nthree\npublic four\n", "only a copy is changed");
    }

    [UnixFact]
    public async Task It_succeeds_where_all_are_killed()
    {
        var ran = await RunAsync([(File, "one", "fault")]);

        ran.Output.Should().EndWith("\n1 of 1 killed\n");
        ran.ExitCode.Should().Be(0, ran.Error);
    }

    [UnixTheory]
    [InlineData("no program", "A.cs(1,1): error CS1002: ; expected\nIt does not compile: targets/A.cs: two → no program\n")]
    [InlineData("two", "It changes nothing: targets/A.cs: two → two\n")]
    [InlineData("hang", "The tests ended without a failed one, or did not end within 300 s.\n")]
    public async Task A_mutation_that_cannot_be_tried_is_not_counted_and_ends_it(string other, string message)
    {
        var ran = await RunAsync([(File, "one", "fault"), (File, "two", other), (File, "three", "fault")]);

        ran.Output.Should().Be($"killed    {File}: one → fault  [Targets.ATests.It_is_well]\n{message}");
        ran.ExitCode.Should().Be(1);
    }

    [UnixFact]
    public async Task Nothing_is_tried_where_the_tests_fail_before()
    {
        folder.Write(File, "one\nfault\n");

        var ran = await RunAsync([(File, "one", "two")]);

        ran.Output.Should().EndWith("Its tests fail before anything is changed: nothing was tried.\n");
        ran.ExitCode.Should().Be(1);
    }

    [UnixFact]
    public async Task A_sample_is_drawn_by_its_seed()
    {
        (string, string, string)[] all =
        [
            .. new[] { "one", "two", "three", "four" }.Select(text => (File, text, "fault")), ("Dockerfile", "scratch", "fault"),
        ];
        var drawn = new List<string>();
        foreach (var seed in new[] { "7", "7", "8", "9", "10" })
            drawn.Add((await RunAsync(all, "--sample", "2", "--seed", seed)).Output[$"2 of 5 mutations, seed {seed}\n".Length..]);

        drawn.Should().OnlyContain(output => output.EndsWith("\n2 of 2 killed\n", StringComparison.Ordinal));
        drawn[1].Should().Be(drawn[0]);
        drawn.Distinct().Should().HaveCountGreaterThan(1);
    }

    [UnixFact]
    public async Task A_path_keeps_to_its_files_and_one_that_is_in_no_mutation_is_refused()
    {
        (string, string, string)[] all = [(File, "one", "fault"), ("Dockerfile", "scratch", "fault")];

        (await RunAsync(all, "--list", "targets")).Output.Should().Be($"{File}: one → fault\n");
        (await RunAsync(all, "Docker")).Output.Should().EndWith("\n1 of 1 killed\n");
        var refused = await RunAsync(all, "stacks");
        (refused.ExitCode, refused.Output).Should().Be((2, ""));
        refused.Error.Should().StartWith("tests/mutants.sh: No mutation is of stacks: see --list.\n");
    }

    private async Task<Command> RunAsync((string File, string Text, string Other)[] mutations, params string[] arguments)
    {
        var blocks = mutations.Select(mutation => $"{mutation.File}\n- {mutation.Text}\n+ {mutation.Other}\n");
        folder.Write("tests/mutants.txt", string.Join('\n', blocks));
        (await Command.RunAsync("git", ["init", "--quiet", folder.Path], new Dictionary<string, string?>())).ExitCode.Should().Be(0);
        var path = $"{folder.PathOf("programs")}:{Environment.GetEnvironmentVariable("PATH")}";
        return await Command.RunAsync("bash", [folder.PathOf("tests/mutants.sh"), .. arguments], new Dictionary<string, string?> { ["PATH"] = path });
    }
}
