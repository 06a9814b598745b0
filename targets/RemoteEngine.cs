using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Targets;

/// <summary>
/// What cannot reach an engine on another machine: a path of the project is a path of this machine, and would be an empty
/// folder, or an error, over there. An absolute path is taken for one of the engine's own machine.
/// </summary>
public static class RemoteEngine
{
    /// <summary>The id of every finding here.</summary>
    public const string Rule = "REMOTE-ENGINE";

    /// <summary>Whether the address (<c>ssh://…</c>, <c>tcp://…</c>) leads to another machine.</summary>
    public static bool IsRemote(string? host) => !string.IsNullOrWhiteSpace(host)
        && Uri.TryCreate(host, UriKind.Absolute, out var address)
        && address.Scheme is not ("unix" or "npipe" or "file" or "fd")
        && !address.IsLoopback;

    /// <summary>Mounts of the project's own folders; nothing where the engine is on this machine.</summary>
    public static ImmutableArray<Finding> Mounts(Topology topology, string? host) =>
        !IsRemote(host)
            ? []
            :
            [
                .. from service in topology.Services
                from mount in service.Mounts.OfType<BindMount>()
                where !Path.IsPathRooted(mount.Source)
                select new Finding(
                    Rule,
                    Severity.Error,
                    service.Name,
                    $"It mounts '{mount.Source}' of this machine, and the engine is on another one ({host}).",
                    "Bring the stack up on an engine of this machine, or run the image's own code, as a prod stack does."
                ),
            ];

    /// <summary>The same through Compose, which also mounts every secret and every file from where it runs.</summary>
    public static ImmutableArray<Finding> ThroughCompose(Topology topology, string? host) => !IsRemote(host) ? [] :
    [
        .. Mounts(topology, host),
        .. from service in topology.Services
           where !service.Files.IsEmpty
           select new Finding(Rule, Severity.Error, service.Name,
               $"Compose mounts its files from this machine, and the engine is on another one ({host}).",
               "Use --engine pulumi, which uploads them, or run the command on that machine."),
    ];
}
