using System.Globalization;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>Which backups count: for <c>newest</c>, and for <c>--keep</c>.</summary>
public sealed class KeptBackupsTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.WithEngine().Running(FakeContainers.All()).Dumping("rows\t\"public.orders\"\t3\n"));

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Newest_is_not_the_empty_one_of_a_stack_that_was_rebuilt()
    {
        Write("20250101T000000Z", rows: 10883);
        Write("20250102T000000Z", rows: 0);

        (await run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(2);

        run.Error.Should().Be("""
            shop-dev: The newest backup, 20250102T000000Z, has far less than 20250101T000000Z. Was the stack rebuilt in between? Nothing was changed.
              postgres: 0 rows in 1 table, there 10883 rows in 1 table
            The fuller one: ./infra.sh restore dev 20250101T000000Z
            The newest one: ./infra.sh restore dev 20250102T000000Z

            """);
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_rehearsal_chooses_as_a_restore_does()
    {
        Write("20250101T000000Z", rows: 10883);
        Write("20250102T000000Z", rows: 5000);

        (await run.RunAsync("backup", "dev", "--verify")).Should().Be(2);

        run.Error.Should().Contain("The fuller one: ./infra.sh backup dev --verify --from 20250101T000000Z\n")
            .And.Contain("The newest one: ./infra.sh backup dev --verify --from 20250102T000000Z\n");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task Newest_passes_over_one_of_a_single_service_one_of_another_stack_and_one_of_a_wrong_clock()
    {
        Write("20250101T000000Z");
        Write("20250102T000000Z", parts: "postgres");
        Write("20250103T000000Z", stack: "shop-staging");
        Write("20990101T000000Z");

        (await run.RunAsync("backup", "dev", "--verify")).Should().Be(1);

        run.Out.Should().Be("20250101T000000Z of shop-dev:\n");
        run.Error.Should().Contain("backups/dev/20250101T000000Z/postgres.dump: The file is missing.");
    }

    [Fact]
    public async Task Newest_of_a_service_is_the_newest_that_has_it()
    {
        Write("20250101T000000Z");
        Write("20250102T000000Z", parts: "postgres");

        (await run.RunAsync("backup", "dev", "postgres", "--verify")).Should().Be(1);

        run.Out.Should().Be("20250102T000000Z of shop-dev:\n");
    }

    [Fact]
    public async Task Where_there_is_no_complete_one_the_others_are_named_with_their_commands()
    {
        Write("20250102T000000Z", parts: "postgres");

        (await run.RunAsync("restore", "dev", "newest")).Should().Be(2);

        run.Error.Should().Be($"""
            shop-dev: There is no complete backup yet in {run.PathOf("backups/dev")}. './infra.sh backup dev' takes one.
              20250102T000000Z has postgres: ./infra.sh restore dev 20250102T000000Z

            """);
    }

    [Fact]
    public async Task The_services_own_younger_dump_is_named_and_not_taken()
    {
        using var prod = new CommandLineRun(FakeShell.WithEngine().Running([.. FakeContainers.All(), FakeContainers.Container("backup")]).Dumping()
            .On("docker exec id-backup", Manifest("20250102T000000Z", "shop-prod", "postgres", 0) + "\n"));
        prod.Write("backups/prod/20250101T000000Z/manifest.json", Manifest("20250101T000000Z", "shop-prod", "postgres redis rabbitmq", 3));

        (await prod.RunAsync("restore", "prod", "newest", "--yes")).Should().Be(1);

        prod.Out.Should()
            .Be("service:20250102T000000Z: The backup service has this newer one, of the database alone. It is restored only when it is named.\n");
        prod.Error.Should().Contain("backups/prod/20250101T000000Z/postgres.dump: The file is missing.");
    }

    [Fact]
    public async Task Only_complete_ones_of_this_stack_are_counted_and_removed()
    {
        Write("20250101T000000Z");
        Write("20250102T000000Z");
        Write("20250103T000000Z", parts: "postgres");
        Write("20250104T000000Z", stack: "shop-staging");
        Write("20990101T000000Z");

        (await run.RunAsync("backup", "dev", "--keep", "2")).Should().Be(0, run.Error);

        Backups("backups/dev").Should().HaveCount(4).And.Contain(["20250102T000000Z", "20250103T000000Z", "20250104T000000Z"]);
    }

    [Fact]
    public async Task A_single_service_pushes_nothing_out()
    {
        Write("20250101T000000Z");

        (await run.RunAsync("backup", "dev", "postgres", "--keep", "1")).Should().Be(0, run.Error);

        Backups("backups/dev").Should().HaveCount(2);
    }

    [Fact]
    public async Task Stacks_that_share_a_folder_have_each_their_own_in_it_and_nobody_else_may_enter()
    {
        foreach (var stack in new[] { "dev", "prod" }) (await run.RunAsync("backup", stack, "--to", "shared")).Should().Be(0, run.Error);

        Backups("shared/shop-dev").Should().HaveCount(1);
        Backups("shared/shop-prod").Should().HaveCount(1);
        if (!OperatingSystem.IsWindows()) Modes.Of(run.PathOf("shared/shop-dev")).Should().Be("700");
    }

    [UnixFact]
    public async Task The_folders_of_backups_are_closed_also_where_they_were_open()
    {
        Directory.CreateDirectory(run.PathOf("backups/dev"));
        Modes.Set(run.PathOf("backups/dev"), "755");

        (await run.RunAsync("backup", "dev")).Should().Be(0, run.Error);

        Modes.Of(run.PathOf("backups/dev")).Should().Be("700");
    }

    private string[] Backups(string folder) =>
        [.. Directory.GetDirectories(run.PathOf(folder)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private void Write(string name, string stack = "shop-dev", string parts = "postgres redis rabbitmq", long rows = 3)
        => run.Write($"backups/dev/{name}/manifest.json", Manifest(name, stack, parts, rows));

    private static string Manifest(string name, string stack, string parts, long rows)
    {
        var taken = DateTime.ParseExact(name, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture).ToString("s", CultureInfo.InvariantCulture);
        var files = parts
            .Split(' ')
            .Select(part =>
                (
                    part,
                    part switch
                    {
                        "postgres" => "postgres.dump",
                        "redis" => "redis.rdb.gz",
                        _ => "rabbitmq.json.gz",
                    }
                )
            );
        var written = string.Join(',', files.Select(file => Part(file.part, file.Item2, rows)));
        return $$"""{"stack":"{{stack}}","taken":"{{taken}}Z","parts":[{{written}}]}""";
    }

    private static string Part(string name, string file, long rows)
    {
        var counted = name == "postgres" ? $$""","rows":{"public.orders":{{rows}}}""" : "";
        return $$"""{"name":"{{name}}","file":"{{file}}","image":"x","bytes":1,"sha256":"{{new string('0', 64)}}"{{counted}}}""";
    }
}
