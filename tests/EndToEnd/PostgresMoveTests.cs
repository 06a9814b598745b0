using Infra.Tests.Offline;

namespace Infra.Tests.EndToEnd;

/// <summary>Tests with a stack of their own, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PostgresMoveCollection
{
    public const string Name = "Postgres moves";
}

/// <summary>Data go from one Postgres to another as the refusal says: by a backup, a volume of its own, and a restore.</summary>
[Collection(PostgresMoveCollection.Name)]
[Trait("Category", EndToEndCollection.Category)]
public sealed class PostgresMoveTests
{
    private const string Ours = "infra-debian/postgres:17";

    [EndToEndFact]
    public async Task Data_of_another_image_move_to_Debians_and_the_old_volume_stays()
    {
        await Engine.AskAsync("tag", Ours, Image(17));

        await MoveAsync(Image(17), "registry/infratest/postgres:17-debian", null, "debian/postgres:17", 17);
    }

    [EndToEndFact]
    [Trait("Category", "Long")]
    public async Task Data_of_Postgres_17_move_to_18_which_keeps_them_in_a_folder_of_its_own()
    {
        await Engine.AskAsync("tag", Ours, Image(17));
        await BuildAsync(18, "forky", "--build-arg", "DATA=/var/lib/postgresql/18/docker", "--build-arg", "VOLUME=/var/lib/postgresql");

        await MoveAsync(Image(17), "registry/infratest/postgres:17-debian", Image(18), "registry/infratest/postgres:18-debian", 18);
    }

    [EndToEndFact]
    [Trait("Category", "Long")]
    public async Task Data_of_Postgres_15_move_to_17()
    {
        await Engine.AskAsync("tag", Ours, Image(17));
        await BuildAsync(15, "bookworm");

        await MoveAsync(Image(15), "registry/infratest/postgres:15-debian", Image(17), "registry/infratest/postgres:17-debian", 17);
    }

    private static string Image(int major) => FormattableString.Invariant($"infratest/postgres:{major}.0");

    // Of the suite of Debian's that has it.
    private static async Task BuildAsync(int major, string suite, params string[] further)
    {
        CommandResult made = await Program.RunAsync(Repository.PathOf("images", "base.sh"), [], new Dictionary<string, string> { ["SUITE"] = suite });
        made.ExitCode.Should().Be(0, made.ToString());
        await Engine.AskAsync(
        [
            "build", "--network", "host", "--tag", Image(major), "--build-arg", $"BASE=infra-debian/base:{suite}",
            "--build-arg", FormattableString.Invariant($"MAJOR={major}"), .. further, Repository.PathOf("images", "postgres"),
        ]);
    }

    private static async Task MoveAsync(string image, string writer, string? next, string nextWriter, int nextMajor)
    {
        await using var project = Project.Make();
        project.Set("services", "postgres.image", image);
        await project.UpAsync();
        await AskAsync(project, "CREATE TABLE moved AS SELECT id, 'Ä' || id AS name FROM generate_series(1, 1000) id; CREATE INDEX ON moved (name)");
        var version = await AskAsync(project, "SHOW server_version_num");
        await SucceedsAsync(project, "backup", "dev");

        project.Set("services", "postgres.image", next);
        CommandResult refused = await project.InfraAsync("up", "dev");
        refused.ExitCode.Should().Be(2, refused.ToString());
        refused.Error.Should().Contain(
            $"{project.Container("postgres")}: The volume was written by {writer}, and {nextWriter} would start on it now. "
            + $"To stay, set 'infra:services.postgres.image: {image}' in Pulumi.dev.yaml.");
        (await AskAsync(project, "SHOW server_version_num")).Should().Be(version, "nothing was changed");

        project.Set("services", "postgres.volume", "postgres-next");
        await project.UpAsync();
        await SucceedsAsync(project, "restore", "dev", "newest", "--yes");
        (await AskAsync(project, "SELECT count(*), current_setting('server_version_num')::int / 10000 FROM moved"))
            .Should().Be($"1000|{nextMajor}");
        (await AskAsync(project, "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'moved'")).Should().Be("app");
        await SucceedsAsync(project, "status", "dev");

        project.Set("services", "postgres.image", image);
        project.Set("services", "postgres.volume", null);
        await project.UpAsync();
        (await AskAsync(project, "SELECT count(*) FROM moved")).Should().Be("1000", "the old volume stays as it is");
        (await AskAsync(project, "SHOW server_version_num")).Should().Be(version);
    }

    private static async Task SucceedsAsync(Project project, params string[] arguments)
    {
        CommandResult result = await project.InfraAsync(arguments);
        result.ExitCode.Should().Be(0, result.ToString());
    }

    private static Task<string> AskAsync(Project project, string statement)
        => Engine.AskAsync("exec", project.Container("postgres"), "psql", "-v", "ON_ERROR_STOP=1", "-U", "app", "-d", "app", "-Atqc", statement);
}
