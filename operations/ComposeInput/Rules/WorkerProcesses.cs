using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>Celery counts the machine's processors, whatever its container may use of them.</summary>
internal static partial class WorkerProcesses
{
    public static ComposeRule Rule { get; } =
        new("WORKER-PROCESSES", Severity.Warning, "Every Celery worker says how many tasks it runs at a time", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Topology.Services
        where service.Role == ServiceRole.Worker
        let command = string.Join(' ', service.Command)
        where Worker().IsMatch(command) && !Bounded().IsMatch(command)
        select Rule.Warning(
            service.Name,
            "command",
            "without '--concurrency' this Celery worker starts as many processes as the machine has processors, each with the application's memory"
                + (service.Memory is null ? ", without a limit." : "."),
            "Write '--concurrency=N' ('-c N')."
        );

    // Airflow's own verb, and a script that is called so, set the number elsewhere.
    [GeneratedRegex(@"(?<!\bairflow\s+)(^|[\s/;&|(""'])celery(\s+[^\s;&|]+)*?\s+worker(\s|$)")]
    private static partial Regex Worker();

    [GeneratedRegex(@"(\s|^)(--concurrency|-c|--autoscale|-P\s*(solo|gevent|eventlet|threads)|--pool[= ](solo|gevent|eventlet|threads))")]
    private static partial Regex Bounded();
}
