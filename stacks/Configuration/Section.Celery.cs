using System.Collections.Immutable;

namespace Infra.Stacks.Configuration;

/// <content>What Celery's worker takes on its command line.</content>
internal sealed partial class Section
{
    // As its help has them; "custom" is the one that CELERY_CUSTOM_WORKER_POOL names.
    private static readonly string[] Pools = ["prefork", "eventlet", "gevent", "solo", "processes", "threads", "custom"];

    /// <summary>An execution pool.</summary>
    public string? Pool(string key, string sentence, string usually)
    {
        var pool = Text(key, sentence, usually);
        if (pool is null || Pools.Contains(pool)) return pool;
        Report(key, $"Celery has no pool '{pool}'.{Nearest.Hint(pool, Pools)}", $"Write one of {string.Join(", ", Pools)}.");
        return null;
    }

    /// <summary>Names of queues, which go into one option with commas between them.</summary>
    public ImmutableArray<string> Queues(string key, string sentence)
    {
        var queues = List(key, sentence);
        foreach (var queue in queues.Where(queue => !IsQueue(queue)))
            Report(
                key,
                $"'{queue}' is not a queue's name: Celery takes it for several, or leaves its blanks out.",
                "Write each queue as an entry of its own."
            );
        return [.. queues.Where(IsQueue)];
    }

    private static bool IsQueue(string name) => name.Length > 0 && name == name.Trim() && !name.Contains(',');
}
