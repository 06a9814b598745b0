using System.Collections.Immutable;
using System.Diagnostics;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Running;

namespace Infra.Operations.ComposeEngine;

/// <summary>
/// Puts a new container in the place of one that serves, without a gap: the proxy stays with the old one until the new one is
/// healthy. Interrupted anywhere, the next <c>up</c> finds both and continues.
/// </summary>
public sealed class RollingReplacement(Docker docker, StackContext stack, ImmutableArray<string> compose, IUpView view)
{
    private const int TooManyRestarts = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(60);

    /// <exception cref="UserErrorException">The new one did not become healthy. It is gone, and the old one serves.</exception>
    public async Task RunAsync(ServiceSpec service, DesiredState desired, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(service, cancellationToken);
        var old = own.Where(container => !desired.IsMetBy(container))
            .OrderByDescending(container => container.IsWell)
            .ThenByDescending(container => container.IsRunning)
            .ToArray();
        var (route, proxyContainer) =
            RunningProxy.Before(service, stack.Topology, await docker.ContainersAsync(stack.Naming, cancellationToken))
            ?? throw UserErrorException.Failed($"{service.Name}: The proxy in front of it stopped. Run './infra.sh up {stack.Name}' again.");
        var proxy = new RunningProxy(docker, route, proxyContainer);
        await proxy.UseOnlyAsync(old[0], cancellationToken);
        var fresh = await StartAsync(service, desired, own, cancellationToken);
        if (!await IsHealthyAsync(service, fresh, cancellationToken)) throw await WithdrawAsync(service, fresh.Id, proxy, cancellationToken);
        await proxy.UseOnlyAsync(fresh, cancellationToken);
        foreach (var container in old) await RemoveAsync(container, cancellationToken);
        await proxy.UseEveryAsync(cancellationToken);
    }

    // One that an interrupted `up` has left is taken over; one that it left dead is not.
    private async Task<ContainerState> StartAsync(
        ServiceSpec service,
        DesiredState desired,
        ImmutableArray<ContainerState> own,
        CancellationToken cancellationToken
    )
    {
        var left = own.Where(desired.IsMetBy).ToArray();
        foreach (var dead in left.Where(container => !container.IsRunning || container.Health == "unhealthy"))
            await RemoveAsync(dead, cancellationToken);
        if (left.FirstOrDefault(container => container.IsRunning && container.Health != "unhealthy") is { } running)
            return running;
        var count = own.Length - left.Length + 1;
        var started = await docker.RunAsync(
            [
                .. compose,
                "up",
                "--detach",
                "--no-build",
                "--no-recreate",
                "--quiet-pull",
                "--scale",
                FormattableString.Invariant($"{service.Name}={count}"),
                service.Name,
            ],
            cancellationToken
        );
        var known = own.Select(container => container.Id).ToHashSet(StringComparer.Ordinal);
        var fresh = (await OwnAsync(service, cancellationToken)).FirstOrDefault(container => !known.Contains(container.Id));
        return fresh
            ?? throw UserErrorException.Failed(
                $"{service.Name}: The new container could not be started; the old one keeps running: {started.Reason}"
            );
    }

    private async Task<bool> IsHealthyAsync(ServiceSpec service, ContainerState fresh, CancellationToken cancellationToken)
    {
        view.Show(fresh.Name, "starting");
        var patience = service.Health!.Patience;
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

    private async Task<UserErrorException> WithdrawAsync(ServiceSpec service, string id, RunningProxy proxy, CancellationToken cancellationToken)
    {
        var fresh = (await OwnAsync(service, cancellationToken)).FirstOrDefault(container => container.Id == id);
        IReadOnlyList<string> report = fresh is null
            ? [$"{service.Name}: Its container was removed meanwhile."]
            : await FailureReport.OfAsync(docker, stack.Topology, fresh, cancellationToken);
        if (fresh is not null)
            await RemoveAsync(fresh, cancellationToken, "rm", "--force");
        await proxy.UseEveryAsync(cancellationToken);
        return UserErrorException.Failed(
            [$"{stack.Naming.Name}: The new {service.Name} did not become healthy and was removed. The old container keeps serving.",
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
