using System.Collections.Immutable;
using System.IO.Compression;
using Infra.Cli;
using Infra.Engine;
using Infra.Model;

namespace Infra.Backups;

/// <summary>Puts a backup's data in the place of a running stack's, while nothing that uses them runs.</summary>
public sealed class RestoreCommand(IShell shell, Topology topology, TextWriter output)
{
    private readonly Docker docker = new(shell);

    /// <summary>The parts of the backup that the stack has, and the containers to restore them into.</summary>
    /// <exception cref="CliException">Some part has no place, or its service does not run; all of them are named.</exception>
    public async Task<Plan> PlanAsync(BackupFolder backup, string? name, CancellationToken cancel)
    {
        var parts = BackupPart.From(topology, name);
        var standing = await docker.ContainersAsync(topology.Naming, cancel);
        var (steps, faults) = (new List<Step>(), new List<string>());
        foreach (var written in backup.Manifest.Parts.Where(written => name is null || written.Name == name))
        {
            var part = parts.FirstOrDefault(part => part.File == written.File) ?? parts.FirstOrDefault(part => part.Name == written.Name);
            if (part is null) faults.Add($"{written.Name}: The backup has it, and the stack does not. Restore the others one by one, by their names.");
            else if (part.File != written.File) faults.Add($"{written.Name}: The backup has it as {written.File}, which is not restored into {part.File}.");
            else if (standing.FirstOrDefault(container => container.Service == part.Service.Name && (container.IsRunning || IsBeside(part))) is not { } container)
                faults.Add($"{written.Name}: The service '{part.Service.Name}' does not run. Bring it up with './infra.sh up {topology.Naming.Stack}' first.");
            else steps.Add(new Step(part, written, container));
        }

        if (faults.Count > 0) throw CliException.Bad(faults);
        if (steps.Count == 0) throw CliException.Bad($"{name}: The backup of {backup.Manifest.Taken:u} has none of it. It has: {string.Join(", ", backup.Manifest.Parts.Select(part => part.Name))}.");
        return new Plan(backup, [.. steps], standing);
    }

    /// <exception cref="CliException">A part was not restored; the message says which, and that its data are as they were.</exception>
    public async Task RunAsync(Plan plan, CancellationToken cancel)
    {
        var dependents = new Dependents(shell, topology, output);
        var services = plan.Steps.Where(step => step.Part is ServicePart).Select(step => step.Part.Name).ToArray();
        // A volume is written to by every service that mounts it.
        var writers = topology.Services.Where(service => plan.Steps.Any(step => step.Part is VolumePart volume
            && service.Mounts.OfType<VolumeMount>().Any(mount => mount.Volume.Name == volume.Name))).Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        var users = dependents.Of(services).Select(service => service.Name).Concat(writers).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<ServiceSpec> order = [.. topology.InStartOrder().Where(service => users.Contains(service.Name) && !services.Contains(service.Name))];
        var stopped = await dependents.StopAsync(order, plan.Standing, cancel);
        try
        {
            foreach (var step in plan.Steps) await RestoreAsync(dependents, plan.Backup, step, cancel);
        }
        finally
        {
            // Whatever happened: what was running before runs again.
            await dependents.StartAsync(stopped, cancel);
        }
    }

    // What is restored by another container needs this one's volumes alone.
    private static bool IsBeside(BackupPart part) => part is VolumePart or ServicePart { Way.RestoresStopped: true };

    private async Task RestoreAsync(Dependents dependents, BackupFolder backup, Step step, CancellationToken cancel)
    {
        if (step.Part is ServicePart { Way.RestoresStopped: false } service) await FeedAsync(backup, step, ["exec", "--interactive", step.Container.Id, .. service.Way.Restore], cancel);
        else if (step.Part is VolumePart volume) await FeedAsync(backup, step, Beside(step, Filling(volume)), cancel);
        else await RestoreStoppedAsync(dependents, backup, step, (ServicePart)step.Part, cancel);
        output.WriteLine($"{step.Part.Name}: restored.");
    }

    private async Task RestoreStoppedAsync(Dependents dependents, BackupFolder backup, Step step, ServicePart part, CancellationToken cancel)
    {
        await dependents.StopAsync([part.Service], [step.Container], cancel);
        try
        {
            await FeedAsync(backup, step, Beside(step, [.. part.Way.Restore]), cancel);
        }
        finally
        {
            await dependents.StartAsync([step.Container], cancel);
        }
    }

    private async Task FeedAsync(BackupFolder backup, Step step, IEnumerable<string> words, CancellationToken cancel)
    {
        await using var file = File.OpenRead(backup.FileOf(step.Written));
        await using Stream source = step.Part.IsZipped ? new GZipStream(file, CompressionMode.Decompress) : file;
        var result = await shell.StreamAsync(Docker.Program, words, source, null, cancel);
        if (!result.Succeeded) throw CliException.Failure($"{step.Part.Name}: It was not restored: {result.Reason} Its data are as they were.");
    }

    // The image of the service has what its data need; its container's user has its rights. Labelled, so that 'down' finds one that stayed.
    private IEnumerable<string> Beside(Step step, string[] command) =>
    [
        "run", "--rm", "--interactive", "--network", "none", "--volumes-from", step.Container.Id, "--label", $"{Labels.Stack}={topology.Naming.Name}",
        "--cap-drop", "ALL", "--security-opt", "no-new-privileges", .. step.Part.Service.User is { } user ? ["--user", user] : Array.Empty<string>(),
        "--entrypoint", command[0], step.Container.ImageId, .. command[1..],
    ];

    // Into a folder beside the files, which take their place when all of them are there; with their modes, which a umask would lessen.
    private static string[] Filling(VolumePart volume) =>
    [
        "sh", "-c",
        "set -eu; cd \"$1\"; rm -rf .restored; mkdir .restored; trap 'rm -rf .restored' EXIT; tar -x -p -f - -C .restored; "
        + "find . -mindepth 1 -maxdepth 1 ! -name .restored -exec rm -rf {} +; find .restored -mindepth 1 -maxdepth 1 -exec mv {} . \\;",
        "restore", volume.Mount.Target,
    ];

    /// <summary>What is restored from where into what.</summary>
    public sealed record Plan(BackupFolder Backup, ImmutableArray<Step> Steps, ImmutableArray<ContainerState> Standing);

    /// <summary>One file, and the container whose data it becomes.</summary>
    public sealed record Step(BackupPart Part, ManifestPart Written, ContainerState Container);
}
