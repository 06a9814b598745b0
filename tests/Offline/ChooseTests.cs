using System.Diagnostics;

namespace Infra.Tests.Offline;

public sealed class ChooseTests
{
    private const string Versions = "Pulumi 3.112.1 and Pulumi.Docker 5.1.0";
    private const string Otherwise = " (PulumiSdk=nuget or PulumiSdk=offline decides otherwise.)\n";

    [UnixFact]
    public async Task Chooses_the_packages_where_they_can_be_restored()
    {
        using var sandbox = new ChooseSandbox(ChooseSandbox.Restores);

        var run = await sandbox.ChooseAsync();

        run.Should().Be(new Command(0, "", $"Pulumi comes from nuget: NuGet restored {Versions}." + Otherwise));
        sandbox.Choice.Should().Be("nuget");
    }

    [UnixFact]
    public async Task Chooses_offline_where_they_cannot_and_says_why()
    {
        using var sandbox = new ChooseSandbox(ChooseSandbox.Refuses);

        var run = await sandbox.ChooseAsync();

        run.Should().Be(new Command(0, "", $"Pulumi comes from offline: NuGet cannot restore {Versions}: NU1101." + Otherwise));
        sandbox.Choice.Should().Be("offline");
        sandbox.Files.Should().BeEquivalentTo(".pulumi-sdk.props", "Directory.Packages.props");
    }

    [UnixFact]
    public async Task Chooses_offline_when_a_restore_takes_too_long()
    {
        using var sandbox = new ChooseSandbox(ChooseSandbox.Hangs);
        var clock = Stopwatch.StartNew();

        var run = await sandbox.ChooseAsync(limit: 1);

        run.Should().Be(new Command(0, "", $"Pulumi comes from offline: NuGet did not restore {Versions} within 1 s." + Otherwise));
        sandbox.Choice.Should().Be("offline");
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(15));
    }

    [UnixFact]
    public async Task Takes_installed_packages_without_a_restore()
    {
        using var sandbox = new ChooseSandbox(ChooseSandbox.Refuses);
        Install(sandbox);

        var run = await sandbox.ChooseAsync();

        run.Error.Should().Be($"Pulumi comes from nuget: {Versions} are already on this machine." + Otherwise);
        sandbox.Choice.Should().Be("nuget");
        sandbox.Probes.Should().Be(0);
    }

    [UnixFact]
    public async Task Remembers_and_is_silent()
    {
        using var sandbox = new ChooseSandbox(ChooseSandbox.Refuses);
        await sandbox.ChooseAsync();

        var again = await sandbox.ChooseAsync();

        again.Should().Be(new Command(0, "", ""));
        sandbox.Probes.Should().Be(1);
    }

    [UnixFact]
    public async Task Doubts_offline_once_the_packages_have_arrived()
    {
        using var sandbox = new ChooseSandbox(ChooseSandbox.Refuses);
        await sandbox.ChooseAsync();
        Install(sandbox);

        await sandbox.ChooseAsync();

        sandbox.Choice.Should().Be("nuget");
    }

    [Theory]
    [InlineData("home/.nuget/NuGet/NuGet.Config")]
    [InlineData("home/.config/NuGet/NuGet.Config")]
    [InlineData("repository/nuget.config")]
    [InlineData("NuGet.config")]
    public async Task Doubts_when_the_configuration_changes(string file)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var sandbox = new ChooseSandbox(ChooseSandbox.Refuses);
        await sandbox.ChooseAsync();
        sandbox.Dotnet(ChooseSandbox.Restores);
        sandbox.Write(file, "<configuration />");

        await sandbox.ChooseAsync();

        sandbox.Choice.Should().Be("nuget");
    }

    [UnixFact]
    public async Task Doubts_when_a_variable_of_NuGet_changes()
    {
        using var sandbox = new ChooseSandbox(ChooseSandbox.Refuses);
        await sandbox.ChooseAsync();

        await sandbox.ChooseAsync(feed: "another");

        sandbox.Probes.Should().Be(2);
    }

    [UnixFact]
    public async Task Leaves_the_choice_to_whoever_made_it()
    {
        using var sandbox = new ChooseSandbox(ChooseSandbox.Refuses);

        var run = await sandbox.ChooseAsync(sdk: "nuget");

        run.Should().Be(new Command(0, "", ""));
        sandbox.Choice.Should().BeNull();
        sandbox.Probes.Should().Be(0);
    }

    [UnixFact]
    public async Task Refuses_a_source_that_it_does_not_know()
    {
        using var sandbox = new ChooseSandbox(ChooseSandbox.Restores);

        var run = await sandbox.ChooseAsync(sdk: "nugget");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Be("PulumiSdk is 'nugget': set it to nuget or offline, or unset it.\n");
        sandbox.Choice.Should().BeNull();
    }

    [UnixFact]
    public async Task Is_chosen_by_several_at_once()
    {
        using var sandbox = new ChooseSandbox(ChooseSandbox.Refuses);

        var runs = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => sandbox.ChooseAsync()));

        runs.Should().OnlyContain(run => run.ExitCode == 0);
        sandbox.Choice.Should().Be("offline");
        sandbox.Files.Should().BeEquivalentTo(".pulumi-sdk.props", "Directory.Packages.props");
    }

    private static void Install(ChooseSandbox sandbox)
    {
        sandbox.Write("home/.nuget/packages/pulumi/3.112.1/.nupkg.metadata", "");
        sandbox.Write("home/.nuget/packages/pulumi.docker/5.1.0/.nupkg.metadata", "");
    }
}
