using Infra.Components;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class BackupTests
{
    private static readonly ServiceSpec Database = Postgres.Describe(
        "db",
        new() { Password = new("pw"), Database = "shop", Networks = [new Network("data", Internal: true)] }
    );

    private static readonly BackupArgs Args = new() { Stack = "shop-prod", Database = Database };
    private static readonly ServiceSpec Spec = Backup.Describe("backup", Args);

    [Fact]
    public void Is_stopped_by_the_signal_that_its_script_hears_and_not_by_the_servers_of_its_image()
    {
        Spec.Image.Should().Be(Database.Image);
        Spec.StopSignal.Should().Be("SIGTERM");
        Spec.Text("backup.sh").Should().MatchRegex(@"(?m)^\s*trap .*\bTERM\b");
    }

    [Fact]
    public void Runs_as_its_databases_user_without_capabilities()
    {
        Spec.User.Should().Be(Database.User);
        Spec.ReadOnly.Should().BeTrue();
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.Limits().Should().Be(new Limits(Size.MiB(256), Size.MiB(128), Cpu.Cores(0.5m), 64));
    }

    [Fact]
    public void Keeps_its_dumps_on_a_volume_at_the_folder_that_its_user_may_write_to()
    {
        Backup.FolderOf(Spec).Should().Be(Database.StatePaths[0]);
        Spec.Variable("BACKUP_FOLDER").Should().Be(Database.StatePaths[0]);
        Spec.Mounts.OfType<VolumeMount>().Single().Volume.Should().BeEquivalentTo(new { Name = "backups", HoldsState = true });
    }

    [Fact]
    public void Is_healthy_while_its_script_says_so() => Spec.Health!.Test.Should().Equal("sh", "/run/configs/backup.sh", "healthy");

    [Fact]
    public void Dumps_at_three_and_keeps_seven_unless_it_is_told_otherwise()
    {
        (Spec.Variable("BACKUP_AT"), Spec.Variable("BACKUP_KEEP")).Should().Be(("03:00", "7"));
        var told = Backup.Describe("backup", Args with { At = new(22, 30), Keep = 2 });
        (told.Variable("BACKUP_AT"), told.Variable("BACKUP_KEEP")).Should().Be(("22:30", "2"));
    }

    [Fact]
    public void Finds_its_database_on_its_network_and_waits_for_it()
    {
        (Spec.Variable("PGHOST"), Spec.Variable("PGPORT"), Spec.Variable("PGDATABASE")).Should().Be(("db", "5432", "shop"));
        Spec.NetworkNames().Should().Equal("data");
        Spec.WaitsFor.Should().Equal(new Wait("db"));
        Spec.Variable("BACKUP_STACK").Should().Be("shop-prod");
    }

    [Fact]
    public void Logs_in_as_a_role_that_only_reads_with_a_password_from_a_file()
    {
        Spec.Variable("PGUSER").Should().Be("infra_backup");
        Spec.Variable("BACKUP_PASSWORD_FILE").Should().Be("/run/secrets/pw");
        Spec.SecretFiles().Should().Equal("/run/secrets/pw");
    }

    [Fact]
    public void Offers_nothing_to_others()
    {
        Spec.Endpoint.Should().BeNull();
        Spec.Ports.Should().BeEmpty();
    }

    [Fact]
    public void What_has_no_address_cannot_be_dumped()
        => FluentActions.Invoking(() => Backup.Describe("backup", Args with { Database = Specs.Job() }))
            .Should().Throw<ArgumentException>().WithMessage("'migrate' offers no address, so 'backup' cannot dump it.");
}
