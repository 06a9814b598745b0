using System.Collections.Immutable;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Maintenance;

/// <summary>
/// The time for which a command puts the page before the sites of a stack: until it has succeeded. One that fails leaves it there, and a
/// site that was in maintenance before stays so.
/// </summary>
/// <param name="session">Reports.</param>
/// <param name="stack">The stack.</param>
/// <param name="isWanted">Whether the command was asked to; else nothing is put there.</param>
public sealed class MaintenanceWindow(Session session, StackContext stack, bool isWanted)
{
    private ImmutableArray<string> closed = [];

    /// <exception cref="UserErrorException">It was asked for, and the stack has no site.</exception>
    public void Require()
    {
        if (isWanted && MaintenanceSwitch.Front(stack.Topology) is null) throw MaintenanceSites.None(stack.Naming);
    }

    /// <summary>Runs a command that calls what it is given before it changes what runs, and says at its end which sites are in maintenance.</summary>
    /// <param name="existing">The stack's containers.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The command's exit code.</returns>
    public async Task<int> AroundAsync(
        ImmutableArray<ContainerState> existing,
        Func<Func<CancellationToken, Task>, Task<int>> command,
        CancellationToken cancellationToken
    )
    {
        // Beside the command, which changes no page then: an `up` with nothing to do takes no longer.
        var seen = !isWanted && MaintenanceSwitch.Find(session.Shell, stack.Topology, existing) is not null
            ? MaintenanceSwitch.LookAsync(session.Shell, stack.Topology, existing, cancellationToken)
            : null;
        int code;
        try
        {
            code = await command(BeginAsync);
        }
        catch (UserErrorException error) when (!closed.IsEmpty)
        {
            throw new UserErrorException(error.ExitCode, error.Message, Stays);
        }
        catch when (!closed.IsEmpty)
        {
            await session.Error.WriteLineAsync(Stays);
            throw;
        }

        if (code == 0) await EndAsync(seen, cancellationToken);
        else if (!closed.IsEmpty) await session.Error.WriteLineAsync(Stays);
        return code;
    }

    private string Stays => $"{string.Join(", ", closed)}: The maintenance page stays there, since this has not succeeded. {Off}";

    private string Off => $"'./infra.sh maintenance {stack.Name} off' takes it away.";

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (!isWanted) return;
        var existing = await session.Docker.ContainersAsync(stack.Naming, cancellationToken);
        if (MaintenanceSwitch.Find(session.Shell, stack.Topology, existing) is not { } maintenance)
        {
            await session.Error.WriteLineAsync($"{stack.Naming.Name}: Its proxy is not running, so there is no site to put in maintenance.");
            return;
        }

        var before = await maintenance.LookAsync(cancellationToken);
        var sites = MaintenanceSwitch.SitesOf(stack.Topology);
        foreach (var site in sites.Except(before.Sites))
            await session.Error.WriteLineAsync($"{site}: The running proxy knows no maintenance of it, so it goes on without the page.");
        var open = sites.Where(site => before.Sites.Contains(site) && before.Of(site) is null).ToImmutableArray();
        if (open.IsEmpty) return;
        await maintenance.OnAsync(open, before, MaintenancePage.RetryAfter, MaintenancePage.Of(stack), cancellationToken);
        closed = open;
        await session.Out.WriteLineAsync($"{string.Join(", ", open)}: in maintenance until this has succeeded.");
    }

    private async Task EndAsync(Task<MaintenanceState>? seen, CancellationToken cancellationToken)
    {
        foreach (var line in MaintenanceSites.Lines(stack, await (seen ?? OpenAsync(cancellationToken)))) await session.Out.WriteLineAsync(line);
    }

    // Opens what it has closed.
    private async Task<MaintenanceState> OpenAsync(CancellationToken cancellationToken)
    {
        // Another container, where it was recreated.
        var existing = await session.Docker.ContainersAsync(stack.Naming, cancellationToken);
        if (!closed.IsEmpty && MaintenanceSwitch.Find(session.Shell, stack.Topology, existing) is { } maintenance)
        {
            await maintenance.OffAsync(closed, cancellationToken);
            await session.Out.WriteLineAsync($"{string.Join(", ", closed)}: out of maintenance.");
        }

        return await MaintenanceSwitch.LookAsync(session.Shell, stack.Topology, existing, cancellationToken);
    }
}
