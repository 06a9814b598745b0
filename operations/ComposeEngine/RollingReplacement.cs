using System.Collections.Immutable;
using System.Diagnostics;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Running;

namespace Infra.Operations.ComposeEngine;

/// <summary>
/// Puts new containers in the places of those that serve, one after the other, and adds or takes away what there is too little or too
/// much of. Behind a proxy without a gap: it keeps to those that are healthy and stay. Interrupted anywhere, the next <c>up</c> finds
/// old and new ones and continues.
/// </summary>
public sealed class RollingReplacement(Docker docker, StackContext stack, ImmutableArray<string> compose, IUpView view)
{
    private const int TooManyRestarts = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(60);

    /// <exception cref="UserErrorException">A new one did not become healthy. It is gone, and the others go on.</exception>
    public async Task RunAsync(ServiceSpec service, DesiredState desired, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(service, cancellationToken);
        var proxy = service.Replacement == Replacement.StartFirst ? await ProxyAsync(service, cancellationToken) : null;
        var dead = own.Where(desired.IsMetBy).Where(container => !container.IsRunning || container.Health == "unhealthy").ToArray();
        var fresh = own.Where(desired.IsMetBy).Except(dead).ToList();
        var old = own.Where(container => !desired.IsMetBy(container))
            .OrderBy(container => container.IsWell)
            .ThenBy(container => container.IsRunning)
            .ThenBy(container => container.Number)
            .ToList();
        var well = old.Concat(fresh).Where(container => container.IsWell).ToArray();
        await UseOnlyAsync(proxy, well.Length > 0 ? well : old.Concat(fresh).TakeLast(1));
        foreach (var container in dead) await RemoveAsync(container, cancellationToken);
        // What an interrupted `up` has left is waited for as what is started here is.
        foreach (var left in fresh.Where(container => !container.IsWell)) await RequireHealthyAsync(left);
        while (true)
        {
            while (old.Count + fresh.Count > service.Containers()) await RetireAsync();
            if (fresh.Count == service.Containers()) break;
            if (service.Replacement == Replacement.StopFirst && old.Count > 0) await RetireAsync();
            var started = await StartAsync(service, cancellationToken);
            await RequireHealthyAsync(started);
            fresh.Add(started);
            if (old.Count + fresh.Count <= service.Containers()) await UseOnlyAsync(proxy, [.. old, .. fresh]);
        }

        if (proxy is not null) await proxy.UseEveryAsync(cancellationToken);

        Task UseOnlyAsync(RunningProxy? proxy, IEnumerable<ContainerState> only) =>
            proxy is null ? Task.CompletedTask : proxy.UseOnlyAsync(only, cancellationToken);

        async Task RetireAsync()
        {
            var from = old.Count > 0 ? old : fresh;
            var goes = from == old ? old[0] : fresh[^1];
            from.Remove(goes);
            await UseOnlyAsync(proxy, [.. old, .. fresh]);
            if (proxy is not null)
            {
                view.Show(goes.Name, "draining");
                await proxy.DrainAsync(goes, cancellationToken);
            }

            await RemoveAsync(goes, cancellationToken);
        }

        async Task RequireHealthyAsync(ContainerState container)
        {
            if (!await IsHealthyAsync(service, container, cancellationToken))
                throw await WithdrawAsync(service, container.Id, proxy, cancellationToken);
        }
    }

    private async Task<RunningProxy> ProxyAsync(ServiceSpec service, CancellationToken cancellationToken)
    {
        var (route, container) =
            RunningProxy.Before(service, stack.Topology, await docker.ContainersAsync(stack.Naming, cancellationToken))
            ?? throw UserErrorException.Failed($"{service.Name}: The proxy in front of it stopped. Run './infra.sh up {stack.Name}' again.");
        return new RunningProxy(docker, route, container);
    }

    private async Task<ContainerState> StartAsync(ServiceSpec service, CancellationToken cancellationToken)
    {
        var before = await OwnAsync(service, cancellationToken);
        var started = await docker.RunAsync(
            [
                .. compose,
                "up",
                "--detach",
                "--no-build",
                "--no-recreate",
                "--quiet-pull",
                "--scale",
                FormattableString.Invariant($"{service.Name}={before.Length + 1}"),
                service.Name,
            ],
            cancellationToken
        );
        var known = before.Select(container => container.Id).ToHashSet(StringComparer.Ordinal);
        var fresh = (await OwnAsync(service, cancellationToken)).FirstOrDefault(container => !known.Contains(container.Id));
        return fresh
            ?? throw UserErrorException.Failed($"{service.Name}: A new container could not be started; the others keep running: {started.Reason}");
    }

    private async Task<bool> IsHealthyAsync(ServiceSpec service, ContainerState fresh, CancellationToken cancellationToken)
    {
        view.Show(fresh.Name, "starting");
        var patience = service.Health?.Patience ?? LeastPatience;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < (patience > LeastPatience ? patience : LeastPatience))
        {
            var now = (await OwnAsync(service, cancellationToken)).FirstOrDefault(container => container.Id == fresh.Id);
            if (now is { IsWell: true }) return true;
            if (now is null or { Health: "unhealthy" } or { Status: "exited" or "dead" } or { Restarts: >= TooManyRestarts }) return false;
            await Task.Delay(Pause, cancellationToken);
        }

        return false;
    }

    private async Task<UserErrorException> WithdrawAsync(ServiceSpec service, string id, RunningProxy? proxy, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(service, cancellationToken);
        var fresh = own.FirstOrDefault(container => container.Id == id);
        IReadOnlyList<string> report = fresh is null
            ? [$"{service.Name}: Its container was removed meanwhile."]
            : await FailureReport.OfAsync(docker, stack.Topology, fresh, cancellationToken);
        if (fresh is not null)
            await RemoveAsync(fresh, cancellationToken, "rm", "--force");
        if (proxy is not null) await proxy.UseEveryAsync(cancellationToken);
        var others = own.Length > 2 ? $"The other {own.Length - 1} containers keep serving." : "The old container keeps serving.";
        return UserErrorException.Failed(
            [$"{stack.Naming.Name}: The new {service.Name} did not become healthy and was removed. {others}",
             .. report, $"Fix it and run './infra.sh up {stack.Name}' again."]);
    }

    // The engine knows the container's own grace; what it still has in hand it brings to its end.
    private async Task RemoveAsync(ContainerState container, CancellationToken cancellationToken, params string[] arguments)
    {
        view.Show(container.Name, "stopping");
        if (arguments is []) await docker.RunAsync(["stop", container.Id], cancellationToken);
        var removed = await docker.RunAsync([.. arguments is [] ? ["rm"] : arguments, container.Id], cancellationToken);
        view.Show(container.Name, "removed");
        if (!removed.Succeeded)
            throw UserErrorException.Failed($"{container.Name}: It was not removed: {removed.Reason} Run './infra.sh up {stack.Name}' again.");
    }

    private async Task<ImmutableArray<ContainerState>> OwnAsync(ServiceSpec service, CancellationToken cancellationToken)
        => [.. (await docker.ContainersAsync(stack.Naming, cancellationToken)).Where(container => container.Service == service.Name)];
}
