using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Running;

/// <summary>
/// Refuses a release of RabbitMQ that does not take over the data of the one before.
/// From 4.3 on it wants them to be of 4.2, and none goes back.
/// </summary>
public static partial class BrokerUpgrade
{
    private static readonly Version OnlyFromItsPredecessor = new(4, 3);
    private static readonly Version Predecessor = new(4, 2);

    /// <exception cref="UserErrorException">The release that is to start cannot follow the one whose container uses the volume.</exception>
    public static async Task RequireAsync(Docker docker, Topology topology, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var service in topology.Services)
            foreach (var mount in service.Mounts.OfType<VolumeMount>().Where(mount => service.StatePaths.Contains(mount.Target)))
                if (Release(topology.Naming.Reference(service.Image)) is { } next)
                    faults.AddRange(
                        await FaultsAsync(docker, topology.Naming, service, next, topology.Naming.Volume(mount.Volume), cancellationToken)
                    );
        if (faults.Count > 0)
            throw UserErrorException.BadInput(faults);
    }

    private static async Task<IEnumerable<string>> FaultsAsync(
        Docker docker,
        Naming naming,
        ServiceSpec service,
        Version next,
        string volume,
        CancellationToken cancellationToken
    )
    {
        var containers = await docker.RunAsync(["ps", "--all", "--filter", $"volume={volume}", "--format", "{{.Image}}"], cancellationToken);
        var last = Docker.Lines(containers).Select(Release).Max();
        if (last is null)
        {
            // Whatever has run on it is gone: its release is not known.
            if (next < OnlyFromItsPredecessor)
                return [];
            var exists =
                Docker.Lines(await docker.RunAsync(["volume", "ls", "--quiet", "--filter", $"name=^{volume}$"], cancellationToken)).Length > 0;
            return exists
                ?
                [
                    $"{service.Name}: RabbitMQ {next} upgrades data of {Predecessor} only, "
                        + $"and it is not known which release wrote the volume '{volume}'. {Advice(naming)}",
                ]
                : [];
        }

        if (next < last)
            return
            [
                $"{service.Name}: RabbitMQ {next} cannot start on what {last} wrote. "
                    + $"Set an image of {last} or later for it in {Workspace.SettingsName(naming.Stack)}.",
            ];
        return next >= OnlyFromItsPredecessor && last < Predecessor
            ? [$"{service.Name}: RabbitMQ {next} upgrades data of {Predecessor} only, and the volume '{volume}' is {last}'s. {Advice(naming)}"]
            : [];
    }

    private static string Advice(Naming naming) =>
        $"Set an image of {Predecessor} for it in {Workspace.SettingsName(naming.Stack)}, "
        + $"run './infra.sh up {naming.Stack}', then set this one again.";

    // rabbitmq:4.2.9-management-alpine → 4.2; a registry may precede it.
    private static Version? Release(string image)
        => Image().Match(image) is { Success: true } match ? Version.Parse(match.Groups["release"].Value) : null;

    [GeneratedRegex("(?:^|/)rabbitmq:(?<release>[0-9]+[.][0-9]+)(?:[.-]|$)")]
    private static partial Regex Image();
}
