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
/// healthy. Interrupted anywhere, the next <c>up</c> finds both and goes on.
/// </summary>
public sealed class ServiceSwitch(Docker docker, StackContext stack, ImmutableArray<string> compose, IUpView view)
{
    private const int TooManyRestarts = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(60);

    /// <exception cref="CliException">The new one did not become healthy. It is gone, and the old one serves.</exception>
    public async Task RunAsync(ServiceSpec service, Desired desired, CancellationToken cancel)
    {
        var own = await OwnAsync(service, cancel);
        var old = own.Where(container => !desired.IsMetBy(container)).OrderByDescending(container => container.IsWell).ThenByDescending(container => container.IsRunning).ToArray();
        var (route, proxyContainer) = RunningProxy.Before(service, stack.Topology, await docker.ContainersAsync(stack.Naming, cancel))
            ?? throw CliException.Failure($"{service.Name}: The proxy before it stopped. Run './infra.sh up {stack.Name}' again.");
        var proxy = new RunningProxy(docker, route, proxyContainer);
        await proxy.UseOnlyAsync(old[0], cancel);
        var fresh = await StartAsync(service, desired, own, cancel);
        if (!await IsHealthyAsync(service, fresh, cancel)) throw await WithdrawAsync(service, fresh.Id, proxy, cancel);
        await proxy.UseOnlyAsync(fresh, cancel);
        foreach (var container in old) await RemoveAsync(container, cancel);
        await proxy.UseEveryAsync(cancel);
    }

    // One that an interrupted `up` has left is taken over; one that it left dead is not.
    private async Task<ContainerState> StartAsync(ServiceSpec service, Desired desired, ImmutableArray<ContainerState> own, CancellationToken cancel)
    {
        var left = own.Where(desired.IsMetBy).ToArray();
        foreach (var dead in left.Where(container => !container.IsRunning || container.Health == "unhealthy")) await RemoveAsync(dead, cancel);
        if (left.FirstOrDefault(container => container.IsRunning && container.Health != "unhealthy") is { } running) return running;
        var count = own.Length - left.Length + 1;
        var started = await docker.RunAsync(
            [.. compose, "up", "--detach", "--no-build", "--no-recreate", "--quiet-pull", "--scale", FormattableString.Invariant($"{service.Name}={count}"), service.Name], cancel);
        var known = own.Select(container => container.Id).ToHashSet(StringComparer.Ordinal);
        var fresh = (await OwnAsync(service, cancel)).FirstOrDefault(container => !known.Contains(container.Id));
        return fresh ?? throw CliException.Failure($"{service.Name}: No new one could be started beside the old one, which goes on: {started.Reason}");
    }

    private async Task<bool> IsHealthyAsync(ServiceSpec service, ContainerState fresh, CancellationToken cancel)
    {
        view.Show(fresh.Name, "starting");
        var health = service.Health!;
        var patience = health.StartPeriod + (health.Retries * (health.Interval + health.Timeout));
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < (patience > LeastPatience ? patience : LeastPatience))
        {
            var now = (await OwnAsync(service, cancel)).FirstOrDefault(container => container.Id == fresh.Id);
            if (now is { IsWell: true }) return true;
            if (now is null or { Health: "unhealthy" } or { Status: "exited" or "dead" } or { Restarts: >= TooManyRestarts }) return false;
            await Task.Delay(Pause, cancel);
        }

        return false;
    }

    private async Task<CliException> WithdrawAsync(ServiceSpec service, string id, RunningProxy proxy, CancellationToken cancel)
    {
        var fresh = (await OwnAsync(service, cancel)).FirstOrDefault(container => container.Id == id);
        IReadOnlyList<string> report = fresh is null ? [$"{service.Name}: Somebody removed it."] : await FailureReport.OfAsync(docker, stack.Topology, fresh, cancel);
        if (fresh is not null) await RemoveAsync(fresh, cancel, "rm", "--force");
        await proxy.UseEveryAsync(cancel);
        return CliException.Failure(
            [$"{stack.Naming.Name}: The new {service.Name} did not become healthy and was removed. The old one serves as before.",
             .. report, $"Mend it and run './infra.sh up {stack.Name}' again."]);
    }

    // The engine knows the container's own grace; what it still has in hand it brings to its end.
    private async Task RemoveAsync(ContainerState container, CancellationToken cancel, params string[] words)
    {
        view.Show(container.Name, "stopping");
        if (words is []) await docker.RunAsync(["stop", container.Id], cancel);
        var removed = await docker.RunAsync([.. words is [] ? ["rm"] : words, container.Id], cancel);
        view.Show(container.Name, "removed");
        if (!removed.Succeeded) throw CliException.Failure($"{container.Name}: It was not removed: {removed.Reason} Run './infra.sh up {stack.Name}' again.");
    }

    private async Task<ImmutableArray<ContainerState>> OwnAsync(ServiceSpec service, CancellationToken cancel)
        => [.. (await docker.ContainersAsync(stack.Naming, cancel)).Where(container => container.Service == service.Name)];
}
