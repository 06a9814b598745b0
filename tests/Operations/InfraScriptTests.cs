using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>The script <c>./infra.sh</c>, with an SDK that only pretends.</summary>
public sealed class InfraScriptTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    public InfraScriptTests() => File.Copy(Repository.PathOf("infra.sh"), Path.Combine(root.Path, "infra.sh"));

    public void Dispose() => root.Dispose();

    [UnixFact]
    public async Task Without_the_SDK_it_says_what_to_install()
    {
        var run = await RunAsync(Tools("bash", "dirname", "grep"));

        run.Should()
            .Be(
                new Command(
                    2,
                    "",
                    "infra.sh: The .NET SDK 10 is missing. Install it (your system's package dotnet-sdk-10.0, "
                        + "or Microsoft's dotnet-install script with '--channel 10.0') and run the same command again.\n"
                )
            );
    }

    [UnixFact]
    public async Task With_an_older_SDK_it_says_the_same()
    {
        var tools = Tools("bash", "dirname", "grep");
        Program(tools, "dotnet", "echo '8.0.404 [/usr/share/dotnet/sdk]'");

        (await RunAsync(tools)).Should().Match<Command>(run => run.ExitCode == 2 && run.Error.StartsWith("infra.sh: The .NET SDK 10 is missing."));
    }

    [UnixFact]
    public async Task Where_it_cannot_build_it_says_so()
    {
        var tools = Tools("bash", "dirname", "grep", "mkdir", "find");
        Program(tools, "dotnet", "echo '10.0.100 [/usr/share/dotnet/sdk]'");
        await File.WriteAllTextAsync(Path.Combine(root.Path, ".infra"), "a file in the way");

        (await RunAsync(tools))
            .Should()
            .Be(
                new Command(
                    2,
                    "",
                    $"infra.sh: {root.Path}/.infra cannot be written, and the command line is built there. "
                        + "Make it a folder of yours, and run the same command again.\n"
                )
            );
    }

    [UnixFact]
    public async Task It_builds_again_when_Pulumi_comes_from_elsewhere_than_in_the_last_build()
    {
        var tools = Tools("bash", "sh", "dirname", "grep", "mkdir", "find", "mktemp", "rm", "mv");
        Program(tools, "dotnet", """
            case $1 in
              --list-sdks) echo '10.0.100 [/usr/share/dotnet/sdk]' ;;
              publish)
                echo "${PulumiSdk:-chosen}" >>"$INFRA_ROOT/builds"
                mkdir -p "$INFRA_ROOT/.infra/bin.new"
                : >"$INFRA_ROOT/.infra/bin.new/Infra.dll" ;;
            esac
            """);
        Directory.CreateDirectory(Path.Combine(root.Path, "offline"));
        await File.WriteAllTextAsync(Path.Combine(root.Path, "offline", "choose.sh"), "");
        await File.WriteAllTextAsync(
            Path.Combine(root.Path, ".pulumi-sdk.props"),
            "<Project>\n  <PropertyGroup>\n    <PulumiSdk>nuget</PulumiSdk>\n  </PropertyGroup>\n</Project>\n"
        );

        foreach (var sdk in new[] { null, null, "nuget", "offline", "offline", null, null, "nuget" })
            (await RunAsync(tools, sdk)).Should().Be(new Command(0, "", ""));

        (await File.ReadAllLinesAsync(Path.Combine(root.Path, "builds"))).Should().Equal("chosen", "offline", "chosen");
    }

    [UnixFact]
    public async Task Style_does_not_stop_it()
    {
        var tools = Tools("bash", "sh", "dirname", "grep", "mkdir", "find", "mktemp", "rm", "mv");
        Program(tools, "dotnet", """
            case $1 in
              --list-sdks) echo '10.0.100 [/usr/share/dotnet/sdk]' ;;
              publish) echo "$*" >"$INFRA_ROOT/words"; mkdir -p "$INFRA_ROOT/.infra/bin.new"; : >"$INFRA_ROOT/.infra/bin.new/Infra.dll" ;;
            esac
            """);
        Directory.CreateDirectory(Path.Combine(root.Path, "offline"));
        await File.WriteAllTextAsync(Path.Combine(root.Path, "offline", "choose.sh"), "");

        await RunAsync(tools);

        (await File.ReadAllTextAsync(Path.Combine(root.Path, "words")))
            .Should()
            .Contain("-p:EnforceCodeStyleInBuild=false -p:RunAnalyzersDuringBuild=false");
    }

    private Task<Command> RunAsync(string path, string? sdk = null) => Command.RunAsync(
        Path.Combine(path, "bash"), [Path.Combine(root.Path, "infra.sh"), "check", "dev"],
        new Dictionary<string, string?> { ["PATH"] = path, ["INFRA_ROOT"] = null, ["PulumiSdk"] = sdk });

    // A PATH with these programs and no others.
    private string Tools(params string[] names)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root.Path, "bin")).FullName;
        foreach (var name in names)
            File.CreateSymbolicLink(
                Path.Combine(folder, name),
                new[] { "/usr/bin", "/bin" }.Select(place => Path.Combine(place, name)).First(File.Exists)
            );
        return folder;
    }

    private static void Program(string folder, string name, string line)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, $"#!/bin/sh\n{line}\n");
        Modes.MakeProgram(file);
    }
}
