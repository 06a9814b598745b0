using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>What measures Celery's tasks, where there is a worker of its.</summary>
internal static class CeleryWatch
{
    /// <summary>Makes it, led to what the first worker is led to.</summary>
    /// <returns>It, or nothing where there is no Celery.</returns>
    public static ImmutableArray<ServiceSpec> Add(
        IServiceHost host, Settings settings, StackServices services, Func<CeleryMetricsArgs, CeleryMetricsArgs>? change = null)
    {
        var workers = settings.Services.Where(service => service.Args is WorkerArgs { App.Length: > 0 })
            .OrderBy(service => service.Name, StringComparer.Ordinal).ToArray();
        if (workers is not [var first, ..]) return [];
        var args = (WorkerArgs)first.Args;
        var measured = new CeleryMetricsArgs
        {
            Image = args.Image,
            App = args.App,
            Queues = [.. workers.SelectMany(worker => ((WorkerArgs)worker.Args).Queues).Distinct()],
            Entrypoint = args.Entrypoint,
            IsEntrypointReplaced = args.IsEntrypointReplaced,
            HasShell = args.HasShell,
            Memory = Size.MiB(192),
            Cpus = Cpu.Cores(0.25m),
        };
        // It measures the old version too, while a step of the new one runs.
        measured = services.Complete(measured, first) with { Reload = null, After = [] };
        return [new CeleryMetrics("celery-metrics", change is null ? measured : change(measured), host).Spec];
    }
}
