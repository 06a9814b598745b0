using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Infra.Components.Programs;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Maintenance;

/// <summary>
/// Puts pages before the sites of a running proxy and takes them away, whichever engine made it: it looks for them with each request.
/// </summary>
public sealed class MaintenanceSwitch(IShell shell, ServiceSpec proxy, ContainerState container)
{
    private const string Caddyfile = $"{ServiceFile.ConfigsDirectory}/Caddyfile";
    private const int PassBytes = 16;

    private static readonly string Program = Embedded.Text(typeof(MaintenanceSwitch).Assembly, "maintenance.sh");

    /// <summary>The sites of a stack, as the settings name them.</summary>
    public static ImmutableArray<string> SitesOf(Topology topology) =>
        [.. Fronts(topology).SelectMany(front => front.Upstreams).Select(upstream => MaintenancePages.FolderName(upstream.Site.Host)).Distinct()];

    /// <summary>The proxy of a stack, if it has one with sites.</summary>
    public static ServiceSpec? Front(Topology topology) => Fronts(topology).FirstOrDefault();

    /// <summary>That of the stack's proxy, if it runs.</summary>
    public static MaintenanceSwitch? Find(IShell shell, Topology topology, IEnumerable<ContainerState> existing) =>
        Front(topology) is { } front && existing.FirstOrDefault(container => container.Service == front.Name && container.IsRunning) is { } running
            ? new MaintenanceSwitch(shell, front, running)
            : null;

    /// <summary>How its sites are; unknown where no such proxy runs, or it does not say.</summary>
    public static async Task<MaintenanceState> LookAsync(
        IShell shell, Topology topology, IEnumerable<ContainerState> existing, CancellationToken cancellationToken)
    {
        if (Find(shell, topology, existing) is not { } maintenance) return MaintenanceState.Unknown;
        var shown = await maintenance.ShowAsync(cancellationToken);
        return shown.Succeeded ? MaintenanceState.Parse(shown) : MaintenanceState.Unknown;
    }

    /// <summary>How its sites are.</summary>
    /// <exception cref="UserErrorException">The container does not say.</exception>
    public async Task<MaintenanceState> LookAsync(CancellationToken cancellationToken)
    {
        var shown = await ShowAsync(cancellationToken);
        return shown.Succeeded
            ? MaintenanceState.Parse(shown)
            : throw UserErrorException.Failed($"{proxy.Name}: It does not say which sites are in maintenance: {shown.Reason}");
    }

    /// <summary>Puts the page before sites. Requests that have begun end as they would have.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="before">How they were: what passes a page stays.</param>
    /// <param name="retryAfter">In how many seconds clients are told to ask again.</param>
    /// <param name="page">The page, in HTML.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserErrorException">It cannot be put there.</exception>
    public async Task OnAsync(
        ImmutableArray<string> sites, MaintenanceState before, int retryAfter, string page, CancellationToken cancellationToken)
    {
        var pass = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PassBytes));
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(page));
        Require(
            await RunAsync(
                input,
                ["on", .. sites.Select(site => $"{site}/{MaintenancePages.Write(retryAfter, before.Of(site)?.Pass ?? pass)}")],
                cancellationToken
            ),
            "put before",
            sites
        );
    }

    /// <summary>Takes the page away.</summary>
    /// <exception cref="UserErrorException">It cannot be taken away.</exception>
    public async Task OffAsync(ImmutableArray<string> sites, CancellationToken cancellationToken) =>
        Require(await RunAsync(null, ["off", .. sites], cancellationToken), "taken from", sites);

    private static IEnumerable<ServiceSpec> Fronts(Topology topology) => topology.Services.Where(service => !service.Upstreams.IsEmpty);

    private void Require(ShellResult result, string what, ImmutableArray<string> sites)
    {
        if (!result.Succeeded)
            throw UserErrorException.Failed(
                $"{proxy.Name}: The maintenance page could not be {what} {string.Join(", ", sites)}: {result.Reason}"
            );
    }

    private Task<ShellResult> ShowAsync(CancellationToken cancellationToken) => RunAsync(null, ["show"], cancellationToken);

    private Task<ShellResult> RunAsync(Stream? input, ImmutableArray<string> arguments, CancellationToken cancellationToken) =>
        shell.StreamAsync(
            Docker.Program,
            [
                "exec", .. input is null ? [] : new[] { "--interactive" }, container.Id,
                "sh", "-c", Program, "--", MaintenancePages.Root, Caddyfile, .. arguments,
            ],
            input,
            null,
            cancellationToken
        );
}
