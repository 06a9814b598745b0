using System.Collections.Immutable;
using System.Globalization;
using Infra.Components.Proxies;
using Infra.Operations.Engine;

namespace Infra.Operations.Maintenance;

/// <summary>A site that is in maintenance.</summary>
/// <param name="Site">Its name, an IPv6 address without brackets.</param>
/// <param name="Since">Since when.</param>
/// <param name="RetryAfter">In how many seconds clients are told to ask again.</param>
/// <param name="Pass">The value of the cookie by which a request passes the page.</param>
public sealed record SiteMaintenance(string Site, DateTimeOffset Since, int RetryAfter, string Pass);

/// <summary>What a running proxy says of maintenance.</summary>
/// <param name="Sites">The sites for which it looks for a page: none, where it comes from before there were pages.</param>
/// <param name="Closed">Those that are in maintenance.</param>
public sealed record MaintenanceState(ImmutableArray<string> Sites, ImmutableArray<SiteMaintenance> Closed)
{
    /// <summary>Nothing is known of any site.</summary>
    public static MaintenanceState Unknown { get; } = new([], []);

    /// <summary>How a site is in maintenance; nothing where it is not.</summary>
    public SiteMaintenance? Of(string site) => Closed.FirstOrDefault(closed => closed.Site == MaintenancePages.FolderName(site));

    /// <summary>What <c>maintenance.sh show</c> has printed.</summary>
    public static MaintenanceState Parse(ShellResult shown)
    {
        var lines = Docker.Lines(shown).Select(line => line.Split(' ', 3)).ToArray();
        return new MaintenanceState(
            [.. lines.Where(line => line is ["site", _]).Select(line => line[1]).Distinct()],
            [.. lines.Where(line => line is ["page", _, _]).Select(line => Closing(line[1], line[2].Split('/'))).OfType<SiteMaintenance>()]
        );
    }

    private static SiteMaintenance? Closing(string seconds, string[] path) =>
        path is [var site, var name] && MaintenancePages.Parse(name) is var (retryAfter, pass)
        && long.TryParse(seconds, CultureInfo.InvariantCulture, out var since)
            ? new SiteMaintenance(site, DateTimeOffset.FromUnixTimeSeconds(since), retryAfter, pass)
            : null;
}
