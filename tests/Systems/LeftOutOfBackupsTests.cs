using Infra.Model;
using Infra.Operations.Backups;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Tests.Offline;

namespace Infra.Tests.Systems;

/// <summary>Every volume that holds state is in a backup, or says why not, and so does the page.</summary>
public sealed class LeftOutOfBackupsTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs/backups.md"));

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task Every_volume_is_in_a_backup_or_says_why_not(string stack)
    {
        var topology = (
            await StackLoader.LoadAsync(new Workspace(Repository.Root), stack, null, Infra.Stacks.Configuration.ImageSource.Registry)
        ).Topology;
        var dumped = topology
            .Services.Where(service => service.Backup is not null)
            .SelectMany(service => service.Mounts.OfType<VolumeMount>())
            .Select(mount => mount.Volume.Name);
        var kept = BackupPart.From(topology).OfType<VolumePart>().Select(part => part.Name).Concat(dumped).ToHashSet();

        topology.Volumes.Where(volume => volume.HoldsState && volume.LeftOut is null).Select(volume => volume.Name).Should().BeSubsetOf(kept);
        foreach (var volume in topology.Volumes.Where(volume => volume.LeftOut is not null))
            Page.Should().Contain(volume.LeftOut, $"docs/backups.md says why '{volume.Name}' is in no backup");
    }

    public static TheoryData<string> Stacks() => new(new Workspace(Repository.Root).Stacks);
}
