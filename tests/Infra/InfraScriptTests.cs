using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.CommandLines;

/// <summary>The script <c>./infra.sh</c>, before it has built anything.</summary>
public sealed class InfraScriptTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    public InfraScriptTests() => File.Copy(Repository.PathOf("infra.sh"), Path.Combine(root.Path, "infra.sh"));

    public void Dispose() => root.Dispose();

    [UnixFact]
    public async Task Without_the_SDK_it_says_what_to_install()
    {
        var run = await RunAsync(Tools("bash", "dirname", "grep"));

        run.Should().Be(new Command(2, "",
            "infra.sh: The .NET SDK 10 is missing. Install it (your system's package dotnet-sdk-10.0, or Microsoft's dotnet-install script with '--channel 10.0') and run the same command again.\n"));
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

        (await RunAsync(tools)).Should().Be(new Command(2, "",
            $"infra.sh: {root.Path}/.infra cannot be written, and the command line is built there. Make it a folder of yours, and run the same command again.\n"));
    }

    private Task<Command> RunAsync(string path)
        => Command.RunAsync(Path.Combine(path, "bash"), [Path.Combine(root.Path, "infra.sh"), "check", "dev"], new Dictionary<string, string?> { ["PATH"] = path });

    // A PATH with these programs and no others.
    private string Tools(params string[] names)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root.Path, "bin")).FullName;
        foreach (var name in names)
            File.CreateSymbolicLink(Path.Combine(folder, name), new[] { "/usr/bin", "/bin" }.Select(place => Path.Combine(place, name)).First(File.Exists));
        return folder;
    }

    private static void Program(string folder, string name, string line)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, $"#!/bin/sh\n{line}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
