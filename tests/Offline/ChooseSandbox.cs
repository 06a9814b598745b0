using Infra.Tests.Support;

namespace Infra.Tests.Offline;

/// <summary>A copy of what offline/choose.sh reads, with a home of its own and a fake dotnet.</summary>
internal sealed class ChooseSandbox : IDisposable
{
    public const string Restores = "exit 0";
    public const string Refuses = "echo 'probe.csproj : error NU1101: Unable to find package Pulumi.'; exit 1";
    public const string Hangs = "sleep 60";

    private readonly TemporaryFolder folder = new();

    public ChooseSandbox(string dotnet)
    {
        folder.Write("repository/Directory.Packages.props", File.ReadAllText(Repository.PathOf("Directory.Packages.props")));
        folder.Write("repository/offline/choose.sh", File.ReadAllText(Repository.PathOf("offline", "choose.sh")));
        Directory.CreateDirectory(folder.PathOf("home"));
        Dotnet(dotnet);
    }

    /// <summary>What is remembered, null where nothing is.</summary>
    public string? Choice => File.Exists(ChoiceFile) ? File.ReadAllText(ChoiceFile).Split("<PulumiSdk>")[1].Split('<')[0] : null;

    /// <summary>How often dotnet was called.</summary>
    public int Probes => File.Exists(folder.PathOf("calls")) ? File.ReadAllLines(folder.PathOf("calls")).Length : 0;

    /// <summary>The files at the top of the copy.</summary>
    public IEnumerable<string?> Files => Directory.EnumerateFiles(folder.PathOf("repository")).Select(Path.GetFileName);

    private string ChoiceFile => folder.PathOf("repository", ".pulumi-sdk.props");

    public void Dotnet(string behaviour)
    {
        folder.Write("bin/dotnet", "#!/bin/sh\necho \"$@\" >>'" + folder.PathOf("calls") + "'\n" + behaviour + "\n");
        Modes.MakeProgram(folder.PathOf("bin", "dotnet"));
    }

    public void Write(string file, string text) => folder.Write(file, text);

    public Task<Command> ChooseAsync(string? sdk = null, string? feed = null, int limit = 20) =>
        Command.RunAsync("sh", [folder.PathOf("repository", "offline", "choose.sh")], new Dictionary<string, string?>
        {
            ["PATH"] = folder.PathOf("bin") + ":" + Environment.GetEnvironmentVariable("PATH"),
            ["HOME"] = folder.PathOf("home"),
            ["DOTNET_CLI_HOME"] = null,
            ["XDG_CONFIG_HOME"] = null,
            ["NUGET_PACKAGES"] = null,
            ["NUGET_FEED"] = feed,
            ["PulumiSdk"] = sdk,
            ["PULUMI_SDK_PROBE_SECONDS"] = limit.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });

    public void Dispose() => folder.Dispose();
}
