using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;

namespace Infra.Operations.ComposeInput.Recognition;

/// <summary>What a command makes a Python application's image do.</summary>
internal static partial class Commands
{
    /// <summary>The kind of service that it is; nothing where no program in it is known.</summary>
    public static string? Kind(ImmutableArray<string> command)
    {
        var text = string.Join(' ', command);
        if (text.Length == 0) return null;
        if (Flower().IsMatch(text)) return "flower";
        // A worker that schedules too is a worker first: what it works on is what it is there for.
        if (CeleryWorker().IsMatch(text)) return "worker";
        if (CeleryCommand.Schedules(command) || CeleryBeat().IsMatch(text)) return "beat";
        if (TaskQueue.OtherThanCelery(command) is not null) return "process";
        if (Server().IsMatch(text)) return "web";
        return Step().IsMatch(text) ? "step" : null;
    }

    /// <summary>Whether it does something that ends: migrations, static files, a first user.</summary>
    public static bool Ends(ImmutableArray<string> command) => Kind(command) == "step";

    [GeneratedRegex(@"\bcelery\b.*\bflower\b|celery[-_]?flower\b|/start-flower\b")]
    private static partial Regex Flower();

    [GeneratedRegex(@"\bcelery\b.*\b(worker|multi)\b|celery[-_]?worker\b")]
    private static partial Regex CeleryWorker();

    // A script that is called so: /start-celerybeat.
    [GeneratedRegex(@"celery[-_]?beat\b")]
    private static partial Regex CeleryBeat();

    [GeneratedRegex(
        @"(^|[\s/;&'""])(uvicorn|gunicorn|hypercorn|daphne|granian|uwsgi|waitress-serve|streamlit|fastapi\s+(run|dev)|flask\b.*\brun|"
            + @"python\S*\s+(\S*/)?manage\.py\s+runserver|manage\.py\s+runserver|litestar\s+run|sanic|robyn|mlflow\s+server|jupyter)(\s|$|[;&'""])"
    )]
    private static partial Regex Server();

    [GeneratedRegex(
        @"\bmanage\.py\s+(migrate|collectstatic|createsuperuser|loaddata|createcachetable|check)\b|\balembic\s+upgrade\b|\bflask\s+db\s+upgrade\b|"
            + @"\baerich\s+upgrade\b|\bprestart\b|\b(init|create)_?db\b"
    )]
    private static partial Regex Step();
}
