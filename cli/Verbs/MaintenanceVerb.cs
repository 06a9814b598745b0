using System.Collections.Immutable;
using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Maintenance;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Verbs;

internal static class MaintenanceVerb
{
    private const string On = "on";
    private const string Off = "off";

    private const string Summary =
        "Puts a page before sites of the proxy, with the status 503 for every request, and takes it away. "
        + "Requests and websockets that have begun go on. It stays through 'restart', 'up' and 'down', until it is taken away.";

    private const string Help = $"""
        {Summary}

          ./infra.sh maintenance prod                           which sites are in maintenance, since when, and how to look behind the page
          ./infra.sh maintenance prod on                        all sites
          ./infra.sh maintenance prod on shop.example.com --retry-after 1800
          ./infra.sh maintenance prod off

        'up', 'rollback' and 'restore' put it there and take it away with --maintenance.
        """;

    private static readonly Option<int> RetryAfter = Arguments.Count(
        "--retry-after", "In how many seconds clients are told to ask again.", MaintenancePage.RetryAfter);

    public static Command Make(Session session)
    {
        var what = new Argument<string?>("on|off") { Description = "Shows how the sites are without it.", Arity = ArgumentArity.ZeroOrOne };
        what.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not (On or Off) and var word }])
                result.AddError($"'{word}' is neither on nor off.{Nearest.Hint(word, [On, Off])}");
        });
        var sites = new Argument<string[]>("site") { Description = "Only these.", HelpName = "site (optional)", Arity = ArgumentArity.ZeroOrMore };
        var verb = new Command("maintenance", Help) { Arguments.Stack, what, sites, RetryAfter, Arguments.Wait, Arguments.Project };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var stack = await session.LoadAsync(parsed);
                var wanted = MaintenanceSites.Named(stack, parsed.GetValue(sites) ?? []);
                (await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Require();
                if (parsed.GetValue(what) is not { } word)
                {
                    var state = await (await FindAsync(session, stack, cancellationToken)).LookAsync(cancellationToken);
                    foreach (var site in wanted) Write(session, stack, site, state.Of(site));
                    return 0;
                }

                using var held = await session.LockAsync(parsed, stack.Naming, cancellationToken);
                var maintenance = await FindAsync(session, stack, cancellationToken);
                var before = await maintenance.LookAsync(cancellationToken);
                if (word == On) await PutAsync(session, stack, maintenance, before, wanted, parsed.GetValue(RetryAfter), cancellationToken);
                else await TakeAsync(session, maintenance, before, wanted, cancellationToken);
                return 0;
            }
        );
        return verb;
    }

    private static async Task PutAsync(
        Session session,
        StackContext stack,
        MaintenanceSwitch maintenance,
        MaintenanceState before,
        ImmutableArray<string> sites,
        int retryAfter,
        CancellationToken cancellationToken
    )
    {
        var unknown = sites.Except(before.Sites).ToArray();
        if (unknown.Length > 0)
            throw UserErrorException.BadInput(
                $"{string.Join(", ", unknown)}: The proxy that runs was configured before there was such a site, or maintenance. "
                    + $"Bring it up to date with './infra.sh up {stack.Name}'. Nothing was changed."
            );
        await maintenance.OnAsync(sites, before, retryAfter, MaintenancePage.Of(stack), cancellationToken);
        var after = await maintenance.LookAsync(cancellationToken);
        foreach (var site in sites) Write(session, stack, site, after.Of(site));
    }

    private static async Task TakeAsync(
        Session session,
        MaintenanceSwitch maintenance,
        MaintenanceState before,
        ImmutableArray<string> sites,
        CancellationToken cancellationToken
    )
    {
        await maintenance.OffAsync(sites, cancellationToken);
        foreach (var site in sites)
            session.Out.WriteLine(before.Of(site) is null ? $"{site}: It was not in maintenance." : $"{site}: out of maintenance.");
    }

    private static void Write(Session session, StackContext stack, string site, SiteMaintenance? closed) =>
        session.Out.WriteLine(
            closed is null
                ? $"{site}: not in maintenance."
                : FormattableString.Invariant($"{site}: in maintenance since {closed.Since:u}, Retry-After: {closed.RetryAfter}. ")
                    + $"Behind it: curl --cookie {MaintenancePages.Cookie}={closed.Pass} {AddressOf(stack.Topology, site)}"
        );

    private static string AddressOf(Topology topology, string site) =>
        Addresses.Published(MaintenanceSwitch.Front(topology)!).Select(published => published.Address)
            .First(address => MaintenancePages.FolderName(new Uri(address).Host) == site);

    private static async Task<MaintenanceSwitch> FindAsync(Session session, StackContext stack, CancellationToken cancellationToken) =>
        MaintenanceSwitch.Find(session.Shell, stack.Topology, await session.Docker.ContainersAsync(stack.Naming, cancellationToken))
        ?? throw UserErrorException.BadInput(
            $"{stack.Naming.Name}: Its proxy is not running, so nobody reaches a site. Bring it up with './infra.sh up {stack.Name}'."
        );
}
