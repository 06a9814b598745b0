using System.Collections.Frozen;

namespace Infra.Model;

/// <summary>
/// Programs that work on tasks, or schedule them, in another way than Celery's. In the model for a rule's sake: whether a probe can ever
/// succeed is told by the command alone.
/// </summary>
public static class TaskQueue
{
    // RQ, arq, Dramatiq, Huey, django-q, django-tasks, Procrastinate, TaskIQ: programs, and commands of Django's manage.py.
    private static readonly FrozenSet<string> Others = new[]
    {
        "rq",
        "rqworker",
        "rqscheduler",
        "rq-scheduler",
        "arq",
        "dramatiq",
        "rundramatiq",
        "huey_consumer",
        "huey_consumer.py",
        "run_huey",
        "qcluster",
        "db_worker",
        "procrastinate",
        "taskiq",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The program of another task queue that a command runs; nothing where there is none, or Celery runs too.</summary>
    public static string? OtherThanCelery(IEnumerable<string> command)
    {
        var programs = command
            .SelectMany(word => word.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Select(word => word.Trim('\'', '"', ';', '(', ')'))
            .Select(word => word[(word.LastIndexOf('/') + 1)..])
            .ToArray();
        return programs.Contains("celery") ? null : programs.FirstOrDefault(Others.Contains);
    }
}
