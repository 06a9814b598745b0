using Infra.Components;
using Infra.Model;

namespace Infra.Tests.Components;

public sealed class BackupServiceTests
{
    private static readonly ServiceSpec Database = Postgres.Describe("db", new() { Password = new("pw") });
    private static readonly ServiceSpec Spec = Backup.Describe("backup", new() { Stack = "shop-prod", Database = Database });

    [Fact]
    public void Is_stopped_by_the_signal_that_its_script_hears_and_not_by_the_servers_of_its_image()
    {
        Spec.Image.Should().Be(Database.Image);
        Spec.StopSignal.Should().Be("SIGTERM");
        Spec.Files.Single(file => file.Name == "backup.sh").Content.ToString().Should().MatchRegex(@"(?m)^\s*trap .*\bTERM\b");
    }
}
