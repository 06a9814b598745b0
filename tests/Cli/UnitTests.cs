using System.Collections.Immutable;
using Infra.Operations.Units;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class UnitTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.Bare());

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Heals_unit_names_its_stack_and_needs_no_engine()
    {
        (await run.RunAsync("heal", "dev", "--unit")).Should().Be(0);

        run.Out.Should().Contain($"ExecStart={run.Workspace.Root}/infra.sh heal dev\n").And.Contain("Restart=always");
    }

    [Fact]
    public async Task Heals_unit_takes_the_other_words_along()
    {
        (await run.RunAsync("heal", "dev", "--max", "9", "--project", "other", "--unit")).Should().Be(0);

        run.Out.Should().Contain($"ExecStart={run.Workspace.Root}/infra.sh heal dev --max 9 --project other\n");
    }

    [Fact]
    public async Task Backups_unit_takes_the_other_words_along()
    {
        (await run.RunAsync("backup", "dev", "postgres", "--unit", "--keep", "30", "--to", "copies")).Should().Be(0);

        run.Out.Should()
            .Contain($"ExecStart={run.Workspace.Root}/infra.sh backup dev postgres --keep 30 --to {run.Workspace.Root}/copies --wait\n")
            .And.Contain("Type=oneshot\n")
            .And.NotContain("[Install]");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task Backups_timer_is_due_when_the_settings_say()
    {
        run.Write("Pulumi.dev.yaml", File.ReadAllText(run.PathOf("Pulumi.dev.yaml")) + "  infra:backup:\n    at: \"21:05\"\n");

        (await run.RunAsync("backup", "dev", "--timer")).Should().Be(0);

        run.Out.Should().Contain("OnCalendar=*-*-* 21:05:00 UTC\nPersistent=true\n").And.Contain("WantedBy=timers.target");
    }

    [Fact]
    public async Task A_part_that_is_not_there_has_no_unit() =>
        await run.RefusesAsync(
            "postgress: Nothing of that name is backed up. Did you mean 'postgres'? There is: postgres, redis, rabbitmq.",
            "backup",
            "dev",
            "postgress",
            "--unit"
        );

    [Fact]
    public void Words_are_quoted_as_systemd_reads_them()
    {
        var units = new SystemdUnits(
            "/srv/my shop 100%",
            "prod",
            new UnitAccount("ops", ImmutableSortedDictionary<string, string>.Empty.Add("HOME", "/home/the ops"))
        );

        units.Backup("--to", "/mnt/$x").Should().Contain("User=ops\nWorkingDirectory=/srv/my shop 100%%\nEnvironment=\"HOME=/home/the ops\"\n")
            .And.Contain("ExecStart=\"/srv/my shop 100%%/infra.sh\" backup prod --to \"/mnt/$$x\" --wait\n");
    }

    [Theory]
    [InlineData("/srv/a$b", "ExecStart=/usr/bin/env \"/srv/a$$b/infra.sh\" heal prod\n")]
    [InlineData("/srv/a\"b", "ExecStart=/usr/bin/env \"/srv/a\\\"b/infra.sh\" heal prod\n")]
    [InlineData("/srv/a\\b", "ExecStart=/usr/bin/env \"/srv/a\\\\b/infra.sh\" heal prod\n")]
    [InlineData("/srv/a'b", "ExecStart=/usr/bin/env \"/srv/a'b/infra.sh\" heal prod\n")]
    public void A_folder_with_a_letter_that_systemd_takes_in_no_programs_name_is_a_word_of_another(string root, string line)
        => new SystemdUnits(root, "prod", new UnitAccount("ops", ImmutableSortedDictionary<string, string>.Empty)).Heal().Should().Contain(line);

    [Fact]
    public void A_dollar_in_a_variable_is_one()
        => new SystemdUnits("/srv", "prod", new UnitAccount("ops", ImmutableSortedDictionary<string, string>.Empty.Add("HOME", "/home/$x"))).Heal()
            .Should().Contain("Environment=\"HOME=/home/$x\"\n");

    [Theory]
    [InlineData("/usr/bin:/opt/elsewhere", "/usr/bin/dotnet,/usr/bin/docker", null)]
    [InlineData(
        "/home/ops/.dotnet:/usr/bin",
        "/home/ops/.dotnet/dotnet,/usr/bin/docker",
        "/home/ops/.dotnet:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    )]
    public void The_account_brings_the_folders_of_its_programs_where_systemd_would_not_look(string path, string files, string? expected) =>
        UnitAccount.For("ops", null, path, files.Split(',').Contains).Environment.GetValueOrDefault("PATH").Should().Be(expected);
}
