using Infra.Components.Programs;
using Infra.Operations.Engine;
using Infra.Operations.Maintenance;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>The script that puts pages on the proxy's volume and takes them away.</summary>
public sealed class MaintenanceScriptTests : IDisposable
{
    private const string Piped = "script=$1; page=$2; shift 2; printf %s \"$page\" | sh -c \"$script\" -- \"$@\"";

    private static readonly string Program = Embedded.Text(typeof(MaintenanceSwitch).Assembly, "maintenance.sh");

    private readonly TemporaryRoot root = new();

    public MaintenanceScriptTests() => File.WriteAllText(Caddyfile, $"\troot {Folder}/a.localhost\n\tother\n\t\troot {Folder}/::1\n\troot /srv/c\n");

    private string Folder => Path.Combine(root.Path, "maintenance");

    private string Caddyfile => Path.Combine(root.Path, "Caddyfile");

    private IEnumerable<string> Files =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file));

    public void Dispose() => root.Dispose();

    [UnixFact]
    public async Task The_sites_that_the_proxy_looks_for_are_told_without_a_page_too()
    {
        var state = await ShowAsync();

        state.Sites.Should().Equal("a.localhost", "::1");
        state.Closed.Should().BeEmpty();
    }

    [UnixFact]
    public async Task A_page_takes_the_place_of_another_and_since_when_stays()
    {
        await OnAsync("one", "a.localhost/600-ab.html", "::1/600-ab.html");
        var since = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path.Combine(Folder, "a.localhost", "600-ab.html"), since);

        await OnAsync("two", "a.localhost/1800-ab.html");

        Files.Should().BeEquivalentTo("a.localhost/1800-ab.html", "::1/600-ab.html");
        (await File.ReadAllTextAsync(Path.Combine(Folder, "a.localhost", "1800-ab.html"))).Should().Be("two");
        (await ShowAsync()).Of("a.localhost").Should().Be(new SiteMaintenance("a.localhost", since, 1800, "ab"));
        (await ShowAsync()).Of("[::1]").Should().BeEquivalentTo(new { Site = "::1", RetryAfter = 600 });
    }

    [UnixFact]
    public async Task The_same_page_again_has_the_new_text()
    {
        await OnAsync("one", "a.localhost/600-ab.html");
        await OnAsync("two", "a.localhost/600-ab.html");

        Files.Should().Equal("a.localhost/600-ab.html");
        (await File.ReadAllTextAsync(Path.Combine(Folder, "a.localhost", "600-ab.html"))).Should().Be("two");
    }

    [UnixFact]
    public async Task Pages_of_these_sites_are_taken_away_and_no_others()
    {
        await RunAsync("", "off", "a.localhost");
        await OnAsync("one", "a.localhost/600-ab.html", "a.localhost.example/600-ab.html");

        await RunAsync("", "off", "a.localhost", "c.localhost");

        Files.Should().Equal("a.localhost.example/600-ab.html");
    }

    private Task<string> OnAsync(string page, params string[] wanted) => RunAsync(page, ["on", .. wanted]);

    private async Task<MaintenanceState> ShowAsync() => MaintenanceState.Parse(new ShellResult(0, await RunAsync("", "show"), ""));

    private async Task<string> RunAsync(string page, params string[] arguments)
    {
        var run = await Command.RunAsync(
            "sh",
            ["-c", Piped, "--", Program, page, Folder, Caddyfile, .. arguments],
            new Dictionary<string, string?>()
        );
        run.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        return run.Output;
    }
}
