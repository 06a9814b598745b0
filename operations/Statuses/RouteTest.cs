using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Infra.Components.Proxies;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Maintenance;
using Infra.Operations.Project;
using Infra.Targets;
using Spectre.Console;

namespace Infra.Operations.Statuses;

/// <summary>Tries every route of a stack's proxy as its users do: from outside, at the published address.</summary>
public static class RouteTest
{
    /// <summary>How each route answers.</summary>
    /// <exception cref="UserErrorException">The stack has no route, or its engine is on another machine.</exception>
    public static async Task<ImmutableArray<RouteAnswer>> RunAsync(IShell shell, StackContext stack, CancellationToken cancellationToken)
    {
        var docker = new Docker(shell);
        var routes = PublishedRoute.From(stack.Topology);
        if (routes.IsEmpty)
            throw UserErrorException.BadInput(
                $"{stack.Naming.Name}: It has no proxy, so there is no route to try. "
                    + $"'./infra.sh status {stack.Name}' shows where its services are published."
            );
        if (await EngineAddress.OfClientAsync(docker, cancellationToken) is { } host && RemoteEngine.IsRemote(host))
            throw UserErrorException.BadInput(
                $"{stack.Naming.Name}: Routes are tried at the addresses of this machine, "
                    + $"and the engine is on another one ({host}). Run the command there."
            );
        var existing = await docker.ContainersAsync(stack.Naming, cancellationToken);
        var maintenance = await MaintenanceSwitch.LookAsync(shell, stack.Topology, existing, cancellationToken);
        return
        [
            .. await Task.WhenAll(
                routes.Select(route => AskAsync(route, maintenance.Of(route.Upstream.Site.Host), stack.Name, cancellationToken))
            ),
        ];
    }

    public static void Write(ImmutableArray<RouteAnswer> answers, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("route", "service", "address", "status", "ms", "what to do");
        foreach (var (route, isWell, status, milliseconds, whatToDo) in answers)
            table.AddRow(
                Markup.Escape(route.Name),
                route.Answering,
                Markup.Escape(route.Address.ToString()),
                $"[{(isWell ? "green" : "red")}]{Markup.Escape(status)}[/]",
                milliseconds.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(whatToDo)
            );
        console.Write(table);
        foreach (var front in answers.Where(answer => answer.Route.Upstream.HasOwnAuthority).Select(answer => answer.Route.Front.Name).Distinct())
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"{front}: The name on its certificate was checked, and not who signed it: an authority of its own."
            );
    }

    private static async Task<RouteAnswer> AskAsync(
        PublishedRoute route,
        SiteMaintenance? maintenance,
        string stack,
        CancellationToken cancellationToken
    )
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var client = RouteClient.To(route);
            using var request = new HttpRequestMessage(HttpMethod.Get, route.Address);
            // What is behind the page is asked.
            if (maintenance is not null) request.Headers.Add("Cookie", $"{MaintenancePages.Cookie}={maintenance.Pass}");
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var code = (int)answer.StatusCode;
            var isWell = route.Upstream.Status is { } status ? code == status : code < 500;
            return Report(isWell, code.ToString(CultureInfo.InvariantCulture), isWell ? "" : Advice(route, answer.StatusCode, stack));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Report(
                false,
                $"no answer within {RouteClient.Patience.TotalSeconds:0} s",
                $"See what '{route.Answering}' does: './infra.sh logs {stack} {route.Answering}'."
            );
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return Report(
                false,
                "no valid certificate",
                $"{error.InnerException?.Message ?? error.Message} See './infra.sh logs {stack} {route.Front.Name}'."
            );
        }
        catch (HttpRequestException error)
        {
            return Report(
                false,
                error.HttpRequestError == HttpRequestError.ConnectionError ? "no connection" : "no answer",
                $"Bring '{route.Front.Name}' up: './infra.sh up {stack}'."
            );
        }

        RouteAnswer Report(bool isWell, string status, string whatToDo) => new(
            route, isWell, maintenance is null ? status : $"{status}, in maintenance", watch.ElapsedMilliseconds, whatToDo);
    }

    private static string Advice(PublishedRoute route, HttpStatusCode code, string stack)
        => code is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            ? $"'{route.Answering}' is not reached, or not healthy: './infra.sh status {stack} --why'."
            : $"'{route.Front.Name}' does not lead there, or '{route.Answering}' refuses: './infra.sh logs {stack} {route.Answering}'.";
}
